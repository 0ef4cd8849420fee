/// Pages that draw answers inside the user's client (MCP Apps, `io.modelcontextprotocol/ui`).
@NullMarked
package ai.pathbound.mcp.views;

import org.jspecify.annotations.NullMarked;
