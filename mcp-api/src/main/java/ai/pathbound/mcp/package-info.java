/// The MCP endpoint as a Spring Boot application: start and settings.
@NullMarked
package ai.pathbound.mcp;

import org.jspecify.annotations.NullMarked;
