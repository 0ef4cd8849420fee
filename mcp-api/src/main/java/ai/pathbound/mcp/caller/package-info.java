/// Who is calling and with which credential, as plain values everybody may hold.
@NullMarked
package ai.pathbound.mcp.caller;

import org.jspecify.annotations.NullMarked;
