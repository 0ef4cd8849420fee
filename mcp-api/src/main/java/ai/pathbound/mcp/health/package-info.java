/// Tells whoever runs this server whether it lives and whether it can answer.
@NullMarked
package ai.pathbound.mcp.health;

import org.jspecify.annotations.NullMarked;
