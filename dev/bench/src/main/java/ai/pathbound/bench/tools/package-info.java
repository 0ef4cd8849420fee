/// What a caller of the tools sees, beside a call that does nothing.
@NullMarked
package ai.pathbound.bench.tools;

import org.jspecify.annotations.NullMarked;
