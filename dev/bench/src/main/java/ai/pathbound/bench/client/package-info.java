/// A caller of the MCP endpoint that costs as little as can be.
@NullMarked
package ai.pathbound.bench.client;

import org.jspecify.annotations.NullMarked;
