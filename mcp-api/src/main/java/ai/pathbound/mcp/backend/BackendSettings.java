package ai.pathbound.mcp.backend;

import java.net.URI;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/// Where the backend is and how long to wait for it.
///
/// @param url without `/v1`
@ConfigurationProperties("pathbound.backend")
public record BackendSettings(URI url,
        Duration connectTimeout,
        Duration responseTimeout,
        int connectionsMax,
        DataSize responseMax) {
    public BackendSettings {
        if (url.getHost() == null) {
            throw new IllegalArgumentException(
                    "pathbound.backend.url must be absolute, like https://host: " + url);
        }
        if (!connectTimeout.isPositive()) {
            throw new IllegalArgumentException(
                    "pathbound.backend.connect-timeout must be positive: " + connectTimeout);
        }
        if (!responseTimeout.isPositive()) {
            throw new IllegalArgumentException(
                    "pathbound.backend.response-timeout must be positive: " + responseTimeout);
        }
        if (connectionsMax < 1) {
            throw new IllegalArgumentException(
                    "pathbound.backend.connections-max must be at least 1: " + connectionsMax);
        }
        if (responseMax.toBytes() < 1024) {
            throw new IllegalArgumentException(
                    "pathbound.backend.response-max must be at least 1KB: " + responseMax);
        }
    }
}
