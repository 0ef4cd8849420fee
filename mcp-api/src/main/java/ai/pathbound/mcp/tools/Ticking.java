package ai.pathbound.mcp.tools;

import java.time.Duration;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/// Tells a waiting client every second that its call is still running.
final class Ticking {
    private static final Duration TICK = Duration.ofSeconds(1);

    private Ticking() {}

    /// The same result, with progress in seconds until it comes.
    static Mono<ToolResult> over(Aside aside, Mono<ToolResult> result) {
        if (aside.equals(Aside.NONE)) {
            return result;
        }
        return Mono.defer(() -> {
            aside.progress(0, 0, "Started");
            return Mono.using(
                    () -> Flux.interval(TICK)
                            .subscribe(
                                    second -> aside
                                            .progress(second + 1, 0, "Still working")),
                    _ -> result,
                    ticks -> ticks.dispose());
        });
    }
}
