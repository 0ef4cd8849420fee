package ai.pathbound.bench.node;

import ai.pathbound.bench.client.OpenLoop;
import ai.pathbound.bench.client.ToolCall;
import ai.pathbound.bench.report.Run;
import java.util.List;

/// How many calls a second a node bears, and how long calls take at 70 % of that. The caller shares the
/// machine with the node, the broker and the backend.
final class Bearing {
    private static final String NAME = "load";
    private static final double SHARE = 0.7;
    private static final int CONNECTIONS = 32;
    private static final int FIRST_RATE = 100;
    private static final double STEP = 1.4;
    private static final double LATE_MILLIS = 250;

    private final Run run;
    private final NodeProcess node;

    Bearing(Run run, NodeProcess node) {
        this.run = run;
        this.node = node;
    }

    /// Raises the rate until the median call is late, then measures below that.
    void measure(List<ToolCall> mix) throws InterruptedException {
        OpenLoop load = new OpenLoop(node.port(), CONNECTIONS);
        int seconds = run.size(8, 3);
        double borne = FIRST_RATE;
        for (double rate = FIRST_RATE;; rate *= STEP) {
            OpenLoop.Outcome outcome = load.run(rate, seconds, number -> request(mix, number));
            run.say(
                    "  %,.0f calls/s: p50 %.2f ms, p99 %.2f ms, %d failed".formatted(
                            rate,
                            outcome.millis(50),
                            outcome.millis(99),
                            outcome.failed()));
            if (outcome.millis(50) > LATE_MILLIS || outcome.failed() > 0) {
                break;
            }
            borne = rate;
        }
        run.measured(NAME, "rate before calls queue up", borne, "calls/s");
        long cpuBefore = node.cpu().toNanos();
        OpenLoop.Outcome outcome = load
                .run(borne * SHARE, run.size(30, 8), number -> request(mix, number));
        double calls = outcome.nanos().getTotalCount();
        run.measured(NAME, "p50 at 70 % of it", outcome.millis(50), "ms");
        run.measured(NAME, "p99 at 70 % of it", outcome.millis(99), "ms");
        run.measured(
                NAME,
                "processor time of the node per call",
                (node.cpu().toNanos() - cpuBefore) / calls / 1e6,
                "ms");
        run.check("failed calls", 0L, outcome.failed());
    }

    private static byte[] request(List<ToolCall> mix, int number) {
        return mix.get(number % mix.size()).request(number / mix.size());
    }
}
