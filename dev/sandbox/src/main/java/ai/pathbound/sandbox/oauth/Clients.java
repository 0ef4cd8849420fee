package ai.pathbound.sandbox.oauth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.security.oauth2.server.authorization.client.JdbcRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;

/// All clients: those that have registered, and those that name themselves by the address of a
/// document. What such a document says holds for a while and is kept as well, because grants refer
/// to it.
///
/// Anybody may register, so there is a bound: for each client above it the oldest goes that no grant
/// refers to. Whoever comes back as such a client has to register again.
final class Clients implements RegisteredClientRepository {
    private static final Logger LOG = LoggerFactory.getLogger(Clients.class);
    private static final Duration DOCUMENT_HOLDS = Duration.ofMinutes(10);
    private static final int DOCUMENTS_MAX = 1_000;
    private static final String MAKE_ROOM = """
            DELETE FROM oauth2_registered_client WHERE id IN (
              SELECT id FROM oauth2_registered_client
              WHERE id NOT IN (SELECT registered_client_id FROM oauth2_authorization)
              ORDER BY client_id_issued_at DESC, id OFFSET ?)""";

    private final JdbcOperations jdbc;
    private final RegisteredClientRepository stored;
    private final ClientDocuments documents;
    private final int unusedMax;
    private final Cache<String, RegisteredClient> described;

    /// @param unusedMax clients without a grant at most
    Clients(JdbcOperations jdbc, ClientDocuments documents, int unusedMax) {
        this.jdbc = jdbc;
        this.unusedMax = unusedMax;
        stored = new JdbcRegisteredClientRepository(jdbc);
        this.documents = documents;
        described = Caffeine.newBuilder()
                .maximumSize(DOCUMENTS_MAX)
                .expireAfterWrite(DOCUMENT_HOLDS)
                .build();
    }

    @Override
    public void save(RegisteredClient client) {
        stored.save(client);
        jdbc.update(MAKE_ROOM, unusedMax);
    }

    @Override
    public @Nullable RegisteredClient findById(String id) {
        return stored.findById(id);
    }

    @Override
    public @Nullable RegisteredClient findByClientId(String clientId) {
        return ClientAddress.is(clientId)
                ? described(clientId)
                : stored.findByClientId(clientId);
    }

    /// Failures are not remembered: the client may just have come up.
    private @Nullable RegisteredClient described(String clientId) {
        RegisteredClient known = described.getIfPresent(clientId);
        return known == null ? fetch(clientId) : known;
    }

    private @Nullable RegisteredClient fetch(String clientId) {
        return switch (documents.fetch(clientId)) {
            case ClientDocument.Described(var name, var redirectUris) -> {
                String id = UUID.nameUUIDFromBytes(clientId.getBytes(StandardCharsets.UTF_8))
                        .toString();
                RegisteredClient client = PublicClient.of(id, clientId, name, redirectUris);
                keep(client);
                yield client;
            }
            case ClientDocument.Unusable(var why) -> {
                LOG.info("The client {} is not accepted: {}", clientId, why);
                yield null;
            }
        };
    }

    /// One at a time: two that insert the same client would fail.
    private synchronized void keep(RegisteredClient client) {
        save(client);
        described.put(client.getClientId(), client);
    }
}
