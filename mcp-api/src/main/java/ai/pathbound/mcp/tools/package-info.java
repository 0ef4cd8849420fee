/// The tools: what they are called, what they accept and what they ask.
@NullMarked
package ai.pathbound.mcp.tools;

import org.jspecify.annotations.NullMarked;
