package ai.pathbound.mcp.transport;

import ai.pathbound.mcp.tools.Abilities;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/// Sessions of the handshake era. In it a client says once, in the handshake, what it can be asked for;
/// the session id it gets says it again with every request, `a` and the initials of the abilities, so
/// that nothing has to be kept. Only clients that can be asked something get one. The id proves nothing
/// and permits nothing: who calls is told by the credential alone.
///
/// What is kept, in this process and for a while, is the level of the log a session has asked for.
@Component
final class Sessions {
    static final String HEADER = "Mcp-Session-Id";
    private static final List<String> LEVELS = List.of(
            "debug",
            "info",
            "notice",
            "warning",
            "error",
            "critical",
            "alert",
            "emergency");
    private static final int RANDOM_BYTES = 16;
    private static final int TRACKED_MAX = 10_000;
    private static final Duration KEPT_FOR = Duration.ofHours(1);

    private record Session(String tenant, String user, String id) {}

    private final SecureRandom random = new SecureRandom();
    private final Cache<Session, String> levels = Caffeine.newBuilder()
            .maximumSize(TRACKED_MAX)
            .expireAfterAccess(KEPT_FOR)
            .build();

    /// The id for a client with these capabilities; empty for one that has no use for it.
    Optional<String> open(JsonNode capabilities) {
        Abilities client = Abilities.of(capabilities);
        if (!client.any()) {
            return Optional.empty();
        }
        byte[] bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        return Optional.of(
                "a" + (client.forms() ? "f" : "") + (client.sampling() ? "s" : "")
                        + (client.roots() ? "r" : "") + "."
                        + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /// What the client of this call can be asked for. It also has to read the stream the request
    /// comes on.
    Abilities abilities(Call call) {
        String letters = call.header(HEADER)
                .filter(id -> id.startsWith("a") && id.contains("."))
                .map(id -> id.substring(1, id.indexOf('.')))
                .orElse("");
        return call.acceptsStream()
                ? new Abilities(letters.contains("f"), letters.contains("s"),
                        letters.contains("r"))
                : Abilities.NONE;
    }

    /// Remembers the least level the session's log is to have.
    ///
    /// @return false if there is no such level
    boolean log(Call call, String level) {
        if (!LEVELS.contains(level)) {
            return false;
        }
        session(call).ifPresent(session -> levels.put(session, level));
        return true;
    }

    /// The least level of the session's log; empty if it has asked for none.
    Optional<String> level(Call call) {
        return session(call).map(levels::getIfPresent);
    }

    /// Whether a message of a level belongs into a log of a least level.
    static boolean isLogged(String level, String least) {
        return LEVELS.indexOf(level) >= LEVELS.indexOf(least);
    }

    private static Optional<Session> session(Call call) {
        return call.header(HEADER)
                .filter(id -> id.length() <= 100)
                .map(id -> new Session(call.caller().tenant(), call.caller().userId(), id));
    }
}
