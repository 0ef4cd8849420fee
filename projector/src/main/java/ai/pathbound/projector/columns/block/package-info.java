/// Immutable arrays of one column of one segment, and their statistics.
@NullMarked
package ai.pathbound.projector.columns.block;

import org.jspecify.annotations.NullMarked;
