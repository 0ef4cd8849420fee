/// The gateway to the Pathbound REST API; nobody else knows its wire form.
@NullMarked
package ai.pathbound.mcp.backend;

import org.jspecify.annotations.NullMarked;
