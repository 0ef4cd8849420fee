/// Resources and prompts that teach a model to use the tools well.
@NullMarked
package ai.pathbound.mcp.guide;

import org.jspecify.annotations.NullMarked;
