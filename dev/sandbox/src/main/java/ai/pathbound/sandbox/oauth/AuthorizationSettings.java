package ai.pathbound.sandbox.oauth;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

/// What the authorization server can be told.
///
/// @param dataDir where clients, grants and the signing key are kept
/// @param resource the MCP endpoint as users type it: the only audience there are tokens for
/// @param clock time that decides about the grace of refresh tokens
public record AuthorizationSettings(Path dataDir, String resource, Clock clock) {
    /// As long as the hosted service says.
    static final Duration ACCESS_TOKEN_LIFE = Duration.ofDays(90);
    /// Longer than an access token, or nobody could ever use one.
    static final Duration REFRESH_TOKEN_LIFE = Duration.ofDays(180);
    /// How long a replaced refresh token works once more: the answer with the new one may have been
    /// lost, or two processes of one client refresh at once.
    static final Duration REFRESH_GRACE = Duration.ofSeconds(30);
}
