/// Tests of the stored form of the column store.
@NullMarked
package ai.pathbound.projector.columns.encoding;

import org.jspecify.annotations.NullMarked;
