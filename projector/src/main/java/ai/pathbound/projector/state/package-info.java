/// Rows of the store: keys, documents, timeline entries, links, progress, stored tables.
@NullMarked
package ai.pathbound.projector.state;

import org.jspecify.annotations.NullMarked;
