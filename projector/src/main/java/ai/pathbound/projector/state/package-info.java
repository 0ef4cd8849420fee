/// Rows of the store: keys, documents, timeline entries, links, progress.
@NullMarked
package ai.pathbound.projector.state;

import org.jspecify.annotations.NullMarked;
