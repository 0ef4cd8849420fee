/// The authorization server of the stand-in backend: sign-in, consent and tokens, as a real one has
/// them. Spring Authorization Server does the work; what is here is what MCP clients need beyond it.
@NullMarked
package ai.pathbound.sandbox.oauth;

import org.jspecify.annotations.NullMarked;
