package ai.pathbound.mcp.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.IntStream;
import org.springframework.stereotype.Component;

/// How long calls of tools take and what comes of them, and how many are refused before.
@Component
public final class ToolTimes {
    /// Bounds of the buckets: few, since each is a series per tool and outcome.
    private static final Duration[] BOUNDS = IntStream
            .of(1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 5_000)
            .mapToObj(Duration::ofMillis)
            .toArray(Duration[]::new);
    private final MeterRegistry registry;
    private final Counter limited;

    ToolTimes(MeterRegistry registry) {
        this.registry = registry;
        // From the start: a number that is not there cannot be drawn.
        limited = registry.counter("pathbound.limited");
    }

    /// A call has ended.
    ///
    /// @param tool one of the catalogue's: names from callers would be without number
    /// @param outcome `answered` or the code of the error
    /// @param nanos how long it took
    public void ended(String tool, String outcome, long nanos) {
        Timer.builder("pathbound.tool.calls")
                .description("Calls of tools, from arguments to result")
                .tag("tool", tool)
                .tag("outcome", outcome.toLowerCase(Locale.ROOT))
                .serviceLevelObjectives(BOUNDS)
                .register(registry)
                .record(Duration.ofNanos(nanos));
    }

    /// A message was refused because its user asks for too much.
    public void limited() {
        limited.increment();
    }
}
