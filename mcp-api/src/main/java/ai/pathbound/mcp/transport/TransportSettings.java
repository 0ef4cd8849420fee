package ai.pathbound.mcp.transport;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/// What the endpoint accepts.
///
/// @param bodyMax largest request body
/// @param allowedHosts host names besides localhost
/// @param allowedOrigins origins of web pages besides localhost
/// @param listTtl how long clients may keep lists
/// @param keepAlive pause between the comments that keep a stream open
/// @param answerWithin how long a call waits for what its client was asked
@ConfigurationProperties("pathbound.mcp")
public record TransportSettings(DataSize bodyMax,
        List<String> allowedHosts,
        List<String> allowedOrigins,
        Duration listTtl,
        Duration keepAlive,
        Duration answerWithin) {
    public TransportSettings {
        if (bodyMax.toBytes() < 1024 || bodyMax.toMegabytes() > 64) {
            throw new IllegalArgumentException(
                    "pathbound.mcp.body-max must be from 1KB to 64MB: " + bodyMax);
        }
        if (listTtl.isNegative()) {
            throw new IllegalArgumentException(
                    "pathbound.mcp.list-ttl must not be negative: " + listTtl);
        }
        if (!keepAlive.isPositive()) {
            throw new IllegalArgumentException(
                    "pathbound.mcp.keep-alive must be positive: " + keepAlive);
        }
        if (!answerWithin.isPositive()) {
            throw new IllegalArgumentException(
                    "pathbound.mcp.answer-within must be positive: " + answerWithin);
        }
        allowedHosts = List.copyOf(allowedHosts);
        allowedOrigins = List.copyOf(allowedOrigins);
    }
}
