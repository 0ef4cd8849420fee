package ai.pathbound.bench.node;

import ai.pathbound.bench.client.OpenLoop;
import ai.pathbound.bench.client.ToolCall;
import ai.pathbound.bench.report.Run;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// How many calls a second a node bears, and how long those of each tool take at little load and at
/// 70 % of what it bears, beside those of a tool that finds nothing. The caller shares the machine with
/// the node, the broker and the backend.
final class Bearing {
    private static final String NAME = "load";
    private static final double LITTLE = 0.1;
    private static final double MUCH = 0.7;
    private static final int CONNECTIONS = 32;
    private static final int FIRST_RATE = 400;
    private static final double STEP = 1.4;
    private static final double LATE_MILLIS = 250;

    private final Run run;
    private final NodeProcess node;
    private final OpenLoop load;

    Bearing(Run run, NodeProcess node) {
        this.run = run;
        this.node = node;
        load = new OpenLoop(node.port(), CONNECTIONS);
    }

    /// Raises the rate until the median call is late, then measures below that.
    ///
    /// @param nothing a call of a tool that finds nothing
    void measure(ToolCall nothing, List<ToolCall> tools) throws IOException, InterruptedException {
        List<ToolCall> mix = new ArrayList<>(tools);
        mix.add(nothing);
        double borne = borne(mix);
        run.measured(NAME, "rate before calls queue up", borne, "calls/s");
        at(LITTLE, borne, nothing, mix);
        at(MUCH, borne, nothing, mix);
    }

    private double borne(List<ToolCall> mix) throws InterruptedException {
        double borne = FIRST_RATE;
        for (double rate = FIRST_RATE;; rate *= STEP) {
            OpenLoop.Outcome outcome = load.run(rate, run.size(8, 2), mix);
            run.say(
                    "  %,.0f calls/s: p50 %.2f ms, p99 %.2f ms, %d failed".formatted(
                            rate,
                            outcome.millis(50),
                            outcome.millis(99),
                            outcome.failed()));
            if (outcome.millis(50) > LATE_MILLIS || outcome.failed() > 0) {
                return borne;
            }
            borne = rate;
        }
    }

    private void at(double share, double borne, ToolCall nothing, List<ToolCall> mix)
            throws IOException, InterruptedException {
        String at = " at %.0f %% of it".formatted(100 * share);
        long cpuBefore = node.cpu().toNanos();
        double madeBefore = allocated();
        OpenLoop.Outcome outcome = load.run(borne * share, run.size(30, 8), mix);
        long calls = outcome.answered();
        run.measured(NAME, "p50" + at, outcome.millis(50), "ms");
        run.measured(NAME, "p99" + at, outcome.millis(99), "ms");
        run.measured(
                NAME,
                "processor time of the node per call" + at,
                (node.cpu().toNanos() - cpuBefore) / 1e6 / calls,
                "ms");
        run.measured(
                NAME,
                "objects made per call" + at,
                (allocated() - madeBefore) / 1024 / calls,
                "KiB");
        run.check("failed calls", 0L, outcome.failed());
        double least = outcome.millis(nothing, 50);
        for (ToolCall kind : mix) {
            run.measured(NAME, kind.name() + " p50" + at, outcome.millis(kind, 50), "ms");
            run.measured(NAME, kind.name() + " p99" + at, outcome.millis(kind, 99), "ms");
            if (!kind.equals(nothing)) {
                run.measured(
                        NAME,
                        kind.name() + " / " + nothing.name() + " p50" + at,
                        outcome.millis(kind, 50) / least,
                        "times");
            }
        }
    }

    /// Bytes of objects made so far, known after each collection.
    private double allocated() throws IOException, InterruptedException {
        node.collectGarbage();
        return NodeNumbers.of(node).sum("jvm_gc_memory_allocated_bytes_total");
    }
}
