package ai.pathbound.mcp.backend;

import ai.pathbound.mcp.json.Wire;
import java.time.Duration;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/// One HTTP answer of the backend, body parsed; a body that is no JSON counts as missing.
///
/// @param allowance how many requests are left, if the backend says so
record RestAnswer(int status,
        Optional<Duration> retryAfter,
        Optional<Allowance> allowance,
        JsonNode body) {
    private static final Duration UNTOLD_PAUSE = Duration.ofSeconds(60);

    static RestAnswer of(int status, HttpHeaders headers, byte[] body) {
        return new RestAnswer(status,
                Optional.ofNullable(headers.getFirst(HttpHeaders.RETRY_AFTER))
                        .flatMap(Allowance::seconds),
                Allowance.of(headers), parse(body));
    }

    /// How long a caller over the limit has to wait.
    Duration pause() {
        return retryAfter.or(() -> allowance.flatMap(Allowance::resetsIn)).orElse(UNTOLD_PAUSE);
    }

    boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    private static JsonNode parse(byte[] body) {
        try {
            return body.length == 0 ? MissingNode.getInstance() : Wire.MAPPER.readTree(body);
        } catch (JacksonException unreadable) {
            return MissingNode.getInstance();
        }
    }
}
