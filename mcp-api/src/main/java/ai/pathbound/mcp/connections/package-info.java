/// What one client may make of its connection: how many there are, and how slow they may be.
@NullMarked
package ai.pathbound.mcp.connections;

import org.jspecify.annotations.NullMarked;
