package ai.pathbound.mcp.security;

import org.springframework.stereotype.Component;

/// What `WWW-Authenticate` says (RFC 6750 §3, RFC 9728 §5.1): what is wrong, which scopes to ask for,
/// and where clients learn which authorization server to ask.
@Component
public final class Challenge {
    private final String where;
    private final String scopes;

    Challenge(OAuthSettings settings) {
        where = settings.enabled()
                ? "resource_metadata=\"" + settings.metadataUrl() + "\""
                : "";
        scopes = settings.enabled()
                ? "scope=\"" + String.join(" ", settings.scopes()) + "\""
                : "";
    }

    /// Names no error, since none was made.
    String noCredential() {
        return bearer(where, scopes);
    }

    String invalid() {
        return bearer("error=\"invalid_token\"", where, scopes);
    }

    /// Names the scope that is missing.
    public String insufficient(String scope) {
        return bearer("error=\"insufficient_scope\"", "scope=\"" + scope + "\"", where);
    }

    private static String bearer(String... parameters) {
        StringBuilder text = new StringBuilder();
        for (String parameter : parameters) {
            if (!parameter.isEmpty()) {
                text.append(text.isEmpty() ? " " : ", ").append(parameter);
            }
        }
        return "Bearer" + text;
    }
}
