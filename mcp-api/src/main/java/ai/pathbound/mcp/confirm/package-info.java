/// Proof that a question was put to a user before something irreversible is done.
@NullMarked
package ai.pathbound.mcp.confirm;

import org.jspecify.annotations.NullMarked;
