package ai.pathbound.mcp.metrics;

import org.springframework.boot.context.properties.ConfigurationProperties;

/// Where the numbers can be read. Never a public place: they name topics, partitions and loads.
///
/// @param port TCP port; 0 for none
/// @param bind address of the interface to listen on
@ConfigurationProperties("pathbound.metrics")
public record MetricsSettings(int port, String bind) {
    private static final int PORT_MAX = 65_535;

    public MetricsSettings {
        if (port < 0 || port > PORT_MAX) {
            throw new IllegalArgumentException(
                    "pathbound.metrics.port must be from 0 to " + PORT_MAX + ": " + port);
        }
    }

    boolean isServed() {
        return port > 0;
    }
}
