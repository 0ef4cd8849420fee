/// Who is calling: credentials, scopes and the answers to those who may not.
@NullMarked
package ai.pathbound.mcp.security;

import org.jspecify.annotations.NullMarked;
