package ai.pathbound.bench.tools;

import ai.pathbound.bench.report.Bar;
import ai.pathbound.bench.report.Laps;
import ai.pathbound.bench.report.Run;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;

/// What tools cost a caller over HTTP, beside a `ping` on the same endpoint, which does everything but
/// the tool. Client and server share the machine.
///
/// Run: `./pathbound bench`
public final class ToolCalls {
    private static final String NAME = "tools";
    private static final int EVENTS = 50_000;
    private static final double P50_TIMES_MAX = 1.5;
    private static final double P99_TIMES_MAX = 2;
    private static final String AGGREGATE = "aggregate_data";

    private final Run run;

    public ToolCalls(Run run) {
        this.run = run;
    }

    public void measure() throws IOException, InterruptedException, ExecutionException {
        run.say("tools: starting the demo with %,d events".formatted(EVENTS));
        try (DemoStack demo = DemoStack.start(run, EVENTS)) {
            Requests requests = new Requests(demo.port());
            ToolCall ping = requests.ping();
            List<ToolCall> calls = new ArrayList<>(List.of(ping));
            try (Connection connection = new Connection(demo.port())) {
                calls.addAll(requests.tools(connection));
                for (ToolCall call : calls) {
                    for (byte[] request : call.requests()) {
                        run.check(
                                call.name(),
                                "",
                                Requests.complaint(connection.exchange(request)));
                    }
                }
            }
            run.say("tools: warming up");
            new Load(demo.port(), 4).run(calls, run.size(40, 20));
            measure(demo.port(), 1, calls, run.size(80, 30));
            measure(demo.port(), 8, calls, run.size(30, 10));
        }
    }

    private void measure(int port, int connections, List<ToolCall> calls, int blocks)
            throws InterruptedException, ExecutionException {
        Map<String, Laps> laps = new Load(port, connections).run(calls, blocks);
        String at = connections == 1 ? ", 1 connection" : ", " + connections + " connections";
        Laps ping = Objects.requireNonNull(laps.get(calls.getFirst().name()));
        for (ToolCall call : calls) {
            Laps of = Objects.requireNonNull(laps.get(call.name()));
            run.measured(NAME, call.name() + at + " p50", of.p50Millis(), "ms");
            run.measured(NAME, call.name() + at + " p99", of.p99Millis(), "ms");
            if (of != ping) {
                boolean judged = !call.name().equals(AGGREGATE);
                run.measured(
                        NAME,
                        call.name() + " / ping" + at + " p50",
                        of.p50Millis() / ping.p50Millis(),
                        "times",
                        judged ? new Bar.AtMost(P50_TIMES_MAX) : new Bar.None());
                run.measured(
                        NAME,
                        call.name() + " / ping" + at + " p99",
                        of.p99Millis() / ping.p99Millis(),
                        "times",
                        judged ? new Bar.AtMost(P99_TIMES_MAX) : new Bar.None());
            }
        }
    }
}
