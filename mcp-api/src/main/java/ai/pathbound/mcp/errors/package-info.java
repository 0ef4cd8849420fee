/// The codes of errors, which clients may rely on.
@NullMarked
package ai.pathbound.mcp.errors;

import org.jspecify.annotations.NullMarked;
