/// Who changed what, when, and with which outcome.
@NullMarked
package ai.pathbound.mcp.audit;

import org.jspecify.annotations.NullMarked;
