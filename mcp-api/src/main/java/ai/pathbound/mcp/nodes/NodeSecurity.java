package ai.pathbound.mcp.nodes;

import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.IdentityCipherSuiteFilter;
import io.netty.handler.ssl.JdkSslContext;
import java.time.InstantSource;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;

/// How nodes know each other: by the secret they share and, if there is a key pair, over TLS with
/// certificates on both sides.
public final class NodeSecurity {
    private final NodeSecret secret;
    private final Optional<SSLContext> tls;

    /// @param tls key and trusted certificates; empty for plain connections
    public NodeSecurity(String secret, InstantSource clock, Optional<SSLContext> tls) {
        this.secret = new NodeSecret(secret, clock);
        this.tls = tls;
    }

    NodeSecret secret() {
        return secret;
    }

    String scheme() {
        return tls.isPresent() ? "https" : "http";
    }

    HttpServer secure(HttpServer plain) {
        return tls.map(context -> plain.secure(spec -> spec.sslContext(netty(context, false))))
                .orElse(plain);
    }

    HttpClient secure(HttpClient plain) {
        return tls.map(context -> plain.secure(spec -> spec.sslContext(netty(context, true))))
                .orElse(plain);
    }

    private static JdkSslContext netty(SSLContext context, boolean client) {
        return new JdkSslContext(context, client, null, IdentityCipherSuiteFilter.INSTANCE,
                ApplicationProtocolConfig.DISABLED, ClientAuth.REQUIRE, null, false);
    }
}
