/// How much each user and each address may ask for, counted in this process.
@NullMarked
package ai.pathbound.mcp.limits;

import org.jspecify.annotations.NullMarked;
