/// Exact questions over one view of a table: filter, group, count, sort.
@NullMarked
package ai.pathbound.projector.columns.query;

import org.jspecify.annotations.NullMarked;
