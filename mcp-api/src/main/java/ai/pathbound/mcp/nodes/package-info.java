/// Questions from node to node: the wire form, the internal port, and who is asked.
@NullMarked
package ai.pathbound.mcp.nodes;

import org.jspecify.annotations.NullMarked;
