/// How fast changes become rows, beside a bare count.
@NullMarked
package ai.pathbound.bench.projection;

import org.jspecify.annotations.NullMarked;
