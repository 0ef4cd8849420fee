package ai.pathbound.sandbox.hostile;

import ai.pathbound.sandbox.oauth.DemoUser;
import ai.pathbound.sandbox.oauth.SignedIn;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Makes access tokens for anybody, also for users of different tenants with one and the same id, and
/// tells the backend whom they speak for.
final class TokenIssuer implements AutoCloseable {
    private static final String AUDIENCE = "https://mcp.pathbound.test/mcp";
    private static final Set<String> SCOPES = Set
            .of(
                    "contacts:read",
                    "contacts:write",
                    "companies:read",
                    "companies:write",
                    "events:read");

    private final RSAKey key;
    private final HttpServer server;
    private final Map<String, SignedIn> known = new ConcurrentHashMap<>();

    TokenIssuer() {
        try {
            key = new RSAKeyGenerator(2048).keyID("key").generate();
            server = HttpServer
                    .create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        byte[] keys = new JWKSet(key).toString(true).getBytes(StandardCharsets.UTF_8);
        server.createContext("/keys", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(200, keys.length);
                exchange.getResponseBody().write(keys);
            }
        });
        server.start();
    }

    /// Settings of a node that trusts these tokens.
    List<String> settings() {
        return List.of(
                "pathbound.oauth.issuer=" + issuer(),
                "pathbound.oauth.jwks-uri=" + issuer() + "/keys",
                "pathbound.oauth.public-url=" + AUDIENCE);
    }

    private String issuer() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /// A token of this user, who may do everything.
    String token(DemoUser user) {
        JWTClaimsSet claims = new JWTClaimsSet.Builder().issuer(issuer())
                .audience(AUDIENCE)
                .subject(user.id())
                .claim("tenant_id", user.tenant())
                .claim("scope", String.join(" ", SCOPES))
                .expirationTime(Date.from(Instant.now().plusSeconds(3_600)))
                .build();
        try {
            SignedJWT token = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("key").build(), claims);
            token.sign(new RSASSASigner(key));
            known.put(token.serialize(), new SignedIn(user, SCOPES));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /// A user with full rights whose id is made of tenant and name.
    static DemoUser user(String tenant, String name) {
        return new DemoUser(name + "@" + tenant + ".test", "", tenant, name, SCOPES);
    }

    /// Whom a token speaks for.
    Optional<SignedIn> signedIn(String token) {
        return Optional.ofNullable(known.get(token));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
