package ai.pathbound.sandbox.oauth;

import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Optional;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;
import org.springframework.web.filter.DelegatingFilterProxy;

/// A running authorization server. Its clients, grants and signing key outlive it in the data folder.
public final class AuthorizationServer implements AutoCloseable {
    private final String issuer;
    private final GrantStore store;
    private final AnnotationConfigWebApplicationContext spring = new AnnotationConfigWebApplicationContext();
    private final WebServer server;

    private AuthorizationServer(AuthorizationSettings settings) {
        int port = Address.port(settings.dataDir());
        issuer = "http://localhost:" + port;
        store = new GrantStore(settings.dataDir());
        spring.addBeanFactoryPostProcessor(beans -> {
            beans.registerSingleton("settings", settings);
            beans.registerSingleton("store", store);
            beans.registerSingleton("key", SigningKey.in(settings.dataDir()));
            beans.registerSingleton(
                    "server",
                    AuthorizationServerSettings.builder().issuer(issuer).build());
        });
        spring.register(SecuritySetup.class);
        try {
            server = WebServer.start(port, settings.dataDir(), this::parts);
        } catch (IllegalStateException e) {
            store.close();
            throw e;
        }
    }

    /// Starts on the port of the last time, or on a free one; throws [IllegalStateException] when that
    /// does not work.
    public static AuthorizationServer start(AuthorizationSettings settings) {
        try {
            Files.createDirectories(settings.dataDir());
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "no folder for the authorization server: " + settings.dataDir(), e);
        }
        return new AuthorizationServer(settings);
    }

    private WebServer.Parts parts(ServletContext servlets) {
        spring.setServletContext(servlets);
        spring.refresh();
        return new WebServer.Parts(new DelegatingFilterProxy("springSecurityFilterChain", spring),
                new Pages(spring.getBean(RegisteredClientRepository.class),
                        spring.getBean(OAuth2AuthorizationService.class)));
    }

    /// What tokens have in `iss`, and where the metadata is found.
    public String issuer() {
        return issuer;
    }

    /// Who an access token speaks for; empty if it is not or no longer good.
    public Optional<SignedIn> check(String accessToken) {
        return spring.getBean(TokenReader.class).read(accessToken);
    }

    @Override
    public void close() {
        server.close();
        spring.close();
        store.close();
    }
}
