package ai.pathbound.mcp.security;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// Whose access tokens are accepted, and what their claims are called.
///
/// @param issuer the authorization server, spelled as in its tokens; empty accepts no tokens
/// @param jwksUri its keys; empty for what its metadata says
/// @param publicUrl this endpoint as users type it: the audience of tokens
/// @param scopes what clients are told to ask for
@ConfigurationProperties("pathbound.oauth")
record OAuthSettings(String issuer,
        String jwksUri,
        String publicUrl,
        String tenantClaim,
        String userClaim,
        String scopeClaim,
        Duration clockSkew,
        List<String> scopes) {
    static final String WELL_KNOWN = "/.well-known/oauth-protected-resource";

    OAuthSettings {
        scopes = List.copyOf(scopes);
        if (clockSkew.isNegative() || clockSkew.compareTo(Duration.ofMinutes(5)) > 0) {
            throw new IllegalArgumentException(
                    "pathbound.oauth.clock-skew must be from 0s to 5m: " + clockSkew);
        }
        for (String scope : scopes) {
            if (!scope.matches("[\\x21\\x23-\\x5B\\x5D-\\x7E]+")) {
                throw new IllegalArgumentException(
                        "pathbound.oauth.scopes has one that is none (RFC 6749 §3.3): " + scope);
            }
        }
        if (!issuer.isEmpty()) {
            checkPlain("issuer", issuer);
            checkPlain("public-url", publicUrl);
            if (!jwksUri.isEmpty()) {
                checkSafe("jwks-uri", jwksUri);
            }
        }
    }

    boolean enabled() {
        return !issuer.isEmpty();
    }

    Optional<URI> keysAt() {
        return jwksUri.isEmpty() ? Optional.empty() : Optional.of(URI.create(jwksUri));
    }

    /// Path of the public URL; the metadata has the same one behind the well-known part.
    String publicPath() {
        return URI.create(publicUrl).getPath();
    }

    String metadataUrl() {
        URI resource = URI.create(publicUrl);
        return resource.getScheme() + "://" + resource.getRawAuthority() + WELL_KNOWN
                + resource.getRawPath();
    }

    private static void checkPlain(String name, String text) {
        URI url = checkSafe(name, text);
        if (url.getFragment() != null || url.getQuery() != null) {
            throw new IllegalArgumentException(
                    "pathbound.oauth." + name + " must end with its path: " + text);
        }
    }

    /// Keys and tokens must not travel in the clear, but for trying things out on one machine.
    static URI checkSafe(String name, String text) {
        URI url = URI.create(text);
        boolean local = "localhost".equals(url.getHost()) || "127.0.0.1".equals(url.getHost());
        boolean safe = "https".equals(url.getScheme()) || ("http".equals(url.getScheme()) && local);
        if (!safe || url.getHost() == null || url.getUserInfo() != null) {
            throw new IllegalArgumentException(
                    "pathbound.oauth." + name + " must be like https://host/path: " + text);
        }
        return url;
    }
}
