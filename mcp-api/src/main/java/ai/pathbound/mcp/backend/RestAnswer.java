package ai.pathbound.mcp.backend;

import ai.pathbound.mcp.json.Wire;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/// One HTTP answer of the backend, body parsed; a body that is no JSON counts as missing.
record RestAnswer(int status, Optional<Duration> retryAfter, JsonNode body) {
    static RestAnswer of(int status, List<String> retryAfter, byte[] body) {
        return new RestAnswer(status, retryAfter.stream().findFirst().flatMap(RestAnswer::seconds),
                parse(body));
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

    /// The date form of `Retry-After` is ignored: it means nothing without a common clock.
    private static Optional<Duration> seconds(String text) {
        return text.matches("\\d{1,6}")
                ? Optional.of(Duration.ofSeconds(Long.parseLong(text)))
                : Optional.empty();
    }
}
