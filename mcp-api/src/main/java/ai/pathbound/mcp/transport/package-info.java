/// MCP over HTTP: both protocol eras on one endpoint.
@NullMarked
package ai.pathbound.mcp.transport;

import org.jspecify.annotations.NullMarked;
