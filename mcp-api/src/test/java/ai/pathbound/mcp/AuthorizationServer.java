package ai.pathbound.mcp;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.resources.LoopResources;

/// An authorization server over real HTTP that publishes keys and makes tokens with them.
final class AuthorizationServer implements AutoCloseable {
    static final String AUDIENCE = "https://mcp.pathbound.test/mcp";
    final AtomicInteger fetches = new AtomicInteger();
    private volatile List<JWK> keys = List.of();
    private final LoopResources loops = LoopResources.create("issuer", 1, true);
    private final DisposableServer server;

    AuthorizationServer() {
        server = HttpServer.create()
                .runOn(loops)
                .host("127.0.0.1")
                .port(0)
                .route(
                        routes -> routes
                                .get(
                                        "/.well-known/oauth-authorization-server",
                                        (_, response) -> response.sendString(Mono.just(metadata())))
                                .get("/keys", (_, response) -> {
                                    fetches.incrementAndGet();
                                    return response.sendString(
                                            Mono.just(new JWKSet(keys).toString(true)));
                                }))
                .bindNow();
    }

    String issuer() {
        return "http://127.0.0.1:" + server.port();
    }

    /// The settings of a server that trusts this one.
    String[] settings() {
        return new String[]{"pathbound.oauth.issuer=" + issuer(),
                "pathbound.oauth.public-url=" + AUDIENCE};
    }

    private String metadata() {
        return "{\"issuer\":\"" + issuer() + "\",\"jwks_uri\":\"" + issuer() + "/keys\"}";
    }

    /// Publishes these keys and no others.
    void publish(JWK... published) {
        keys = List.of(published);
    }

    static RSAKey rsa(String id) {
        try {
            return new RSAKeyGenerator(2048).keyID(id).generate();
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static ECKey ec(String id) {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID(id).generate();
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// Claims of a good token with the scopes.
    JWTClaimsSet.Builder claims(String scopes) {
        Instant now = Instant.now();
        return new JWTClaimsSet.Builder().issuer(issuer())
                .subject("usr_ana")
                .audience(AUDIENCE)
                .claim("tenant_id", "t1")
                .claim("scope", scopes)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(600)));
    }

    String token(JWK key, String scopes) {
        return token(key, scopes, claims -> claims);
    }

    String token(JWK key, String scopes, UnaryOperator<JWTClaimsSet.Builder> change) {
        return signed(key, change.apply(claims(scopes)).build());
    }

    static String signed(JWK key, JWTClaimsSet claims) {
        try {
            boolean rsa = key instanceof RSAKey;
            JWSSigner signer = rsa
                    ? new RSASSASigner(key.toRSAKey())
                    : new ECDSASigner(key.toECKey());
            return signed(
                    new JWSHeader.Builder(rsa ? JWSAlgorithm.RS256 : JWSAlgorithm.ES256)
                            .type(new JOSEObjectType("at+jwt"))
                            .keyID(key.getKeyID())
                            .build(),
                    claims,
                    signer);
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static String signed(JWSHeader header, JWTClaimsSet claims, JWSSigner signer) {
        try {
            SignedJWT token = new SignedJWT(header, claims);
            token.sign(signer);
            return token.serialize();
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public void close() {
        server.disposeNow();
        loops.dispose();
    }
}
