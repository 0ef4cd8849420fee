package ai.pathbound.mcp.security;

import ai.pathbound.mcp.json.Wire;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSetUnavailableException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.URLBasedJWKSetSource;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// Fetches the authorization server's public keys, at first use and not at start: this server must
/// come up while the other is down. Without a configured address, the issuer's metadata tells it.
final class IssuerKeys implements JWKSetSource<SecurityContext> {
    /// A withdrawn key is believed for this long.
    private static final Duration KEPT = Duration.ofMinutes(5);
    /// Tokens with made-up key ids must not become requests to the authorization server.
    private static final Duration PAUSE = Duration.ofSeconds(10);
    /// How long old keys go on when there are no new ones to be had.
    private static final Duration OUTAGE = Duration.ofHours(1);
    private static final int TIMEOUT_MILLIS = 3_000;
    private static final int BYTES_MAX = 256 * 1024;

    private final OAuthSettings settings;
    private final DefaultResourceRetriever http = new DefaultResourceRetriever(TIMEOUT_MILLIS,
            TIMEOUT_MILLIS, BYTES_MAX);
    private volatile Optional<URLBasedJWKSetSource<SecurityContext>> source = Optional.empty();
    private volatile boolean away = true;

    IssuerKeys(OAuthSettings settings) {
        this.settings = settings;
    }

    /// These keys behind a cache that asks again for unknown key ids, though not often. Spring's own
    /// keeps keys until an unknown id comes, so a withdrawn one for ever, and asks for each such id.
    JWKSource<SecurityContext> cached() {
        return JWKSourceBuilder.create(this)
                .cache(KEPT.toMillis(), 2L * TIMEOUT_MILLIS)
                .refreshAheadCache(false)
                .rateLimited(PAUSE.toMillis())
                .outageTolerant(OUTAGE.toMillis())
                .build();
    }

    /// Whether the newest attempt to get keys failed.
    boolean away() {
        return away;
    }

    @Override
    public JWKSet getJWKSet(@Nullable JWKSetCacheRefreshEvaluator refresh,
            long now,
            @Nullable SecurityContext context) throws KeySourceException {
        away = true;
        if (source.isEmpty()) {
            source = Optional.of(locate());
        }
        JWKSet keys = source.get().getJWKSet(refresh, now, context);
        away = false;
        return keys;
    }

    private URLBasedJWKSetSource<SecurityContext> locate() throws KeySourceException {
        try {
            URI address = settings.keysAt().isPresent() ? settings.keysAt().get() : discovered();
            return new URLBasedJWKSetSource<>(address.toURL(), http);
        } catch (IOException | IllegalArgumentException | JacksonException failed) {
            throw new JWKSetUnavailableException("no metadata of the issuer", failed);
        }
    }

    /// RFC 8414 §3 puts the well-known part before the issuer's path, OpenID Connect behind it.
    private URI discovered() throws IOException {
        URI issuer = URI.create(settings.issuer());
        String path = issuer.getRawPath().replaceAll("/$", "");
        String origin = issuer.getScheme() + "://" + issuer.getRawAuthority();
        IOException failure = new IOException("the metadata names another issuer");
        for (String place : List.of(
                "/.well-known/oauth-authorization-server" + path,
                path + "/.well-known/openid-configuration")) {
            try {
                JsonNode metadata = Wire.MAPPER.readTree(
                        http.retrieveResource(URI.create(origin + place).toURL()).getContent());
                if (metadata.path("issuer").asString("").equals(settings.issuer())) {
                    return OAuthSettings
                            .checkSafe("jwks-uri", metadata.path("jwks_uri").asString(""));
                }
            } catch (IOException unreachable) {
                failure.addSuppressed(unreachable);
            }
        }
        throw failure;
    }

    @Override
    public void close() {
        // Nothing is open between requests.
    }
}
