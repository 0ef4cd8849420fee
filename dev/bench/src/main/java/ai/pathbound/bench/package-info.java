/// The benchmarks of the read model.
@NullMarked
package ai.pathbound.bench;

import org.jspecify.annotations.NullMarked;
