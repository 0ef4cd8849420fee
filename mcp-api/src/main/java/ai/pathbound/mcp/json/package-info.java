/// The one JSON mapper and the bounds it reads with.
@NullMarked
package ai.pathbound.mcp.json;

import org.jspecify.annotations.NullMarked;
