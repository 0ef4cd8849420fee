/// Tests of blocks against plain arrays.
@NullMarked
package ai.pathbound.projector.columns.block;

import org.jspecify.annotations.NullMarked;
