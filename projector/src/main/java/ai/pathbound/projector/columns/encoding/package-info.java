/// Bytes of blocks, segment headers and dictionary pages: versioned, checksummed, checked when read.
@NullMarked
package ai.pathbound.projector.columns.encoding;

import org.jspecify.annotations.NullMarked;
