/// Tests of the column store against slow, obvious models.
@NullMarked
package ai.pathbound.projector.columns.query;

import org.jspecify.annotations.NullMarked;
