/// How much each user and each address may ask for, counted in this process as its share of
/// what all nodes grant together.
@NullMarked
package ai.pathbound.mcp.limits;

import org.jspecify.annotations.NullMarked;
