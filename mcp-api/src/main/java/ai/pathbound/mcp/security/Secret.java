package ai.pathbound.mcp.security;

import ai.pathbound.mcp.caller.Credential;

/// Reads secrets from header values. Text that could not be a secret becomes one nobody has, so that
/// it is refused as such.
final class Secret {
    private static final String NOBODYS = "?";
    private static final String BEARER = "bearer ";
    private static final int LENGTH_MAX = 8192;

    private Secret() {}

    /// The value of `Authorization`.
    static String bearer(String header) {
        return header.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? sendable(header.substring(BEARER.length()).strip())
                : NOBODYS;
    }

    /// The value of `x-api-key`, which holds API keys only.
    static String key(String header) {
        String secret = sendable(header.strip());
        return new Credential(secret).isApiKey() ? secret : NOBODYS;
    }

    private static String sendable(String secret) {
        boolean visible = !secret.isEmpty() && secret.length() <= LENGTH_MAX
                && secret.chars().allMatch(c -> c > ' ' && c < 127);
        return visible ? secret : NOBODYS;
    }
}
