package ai.pathbound.bench.tools;

import ai.pathbound.bench.client.Connection;
import ai.pathbound.bench.client.Load;
import ai.pathbound.bench.client.Requests;
import ai.pathbound.bench.client.ToolCall;
import ai.pathbound.bench.report.Bar;
import ai.pathbound.bench.report.Laps;
import ai.pathbound.bench.report.Run;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;

/// What tools cost a caller over HTTP, beside two calls on the same endpoint: a `ping`, which is
/// answered on the event loop, and a tool that finds nothing, which changes threads as any tool does.
/// Client and server share the machine.
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
            List<ToolCall> bases = List.of(requests.ping(), requests.nobody());
            List<ToolCall> tools;
            try (Connection connection = new Connection(demo.port())) {
                tools = requests.tools(connection);
                for (ToolCall call : tools) {
                    for (byte[] request : call.requests()) {
                        run.check(
                                call.name(),
                                "",
                                Requests.complaint(connection.exchange(request)));
                    }
                }
            }
            run.say("tools: warming up");
            List<ToolCall> all = Stream.concat(bases.stream(), tools.stream()).toList();
            new Load(demo.port(), 4).run(all, run.size(40, 20));
            for (int connections : List.of(1, 8)) {
                int blocks = connections == 1 ? run.size(80, 30) : run.size(30, 14);
                tell(new Load(demo.port(), connections).run(all, blocks),
                        connections,
                        bases,
                        tools);
            }
            new RestPaging(run, demo).measure(requests);
        }
    }

    private void tell(Map<String, Laps> laps,
            int connections,
            List<ToolCall> bases,
            List<ToolCall> tools) {
        String at = connections == 1 ? ", 1 connection" : ", " + connections + " connections";
        for (ToolCall base : bases) {
            tell(base.name() + at, of(laps, base));
        }
        for (ToolCall tool : tools) {
            tell(tool.name() + at, of(laps, tool));
            for (ToolCall base : bases) {
                tell(tool, base, at, laps);
            }
        }
    }

    private void tell(String name, Laps laps) {
        run.measured(NAME, name + " p50", laps.p50Millis(), "ms");
        run.measured(NAME, name + " p99", laps.p99Millis(), "ms");
    }

    private void tell(ToolCall tool, ToolCall base, String at, Map<String, Laps> laps) {
        // The bars are about tools that look up by key, beside a tool that does nothing.
        boolean judged = !tool.name().equals(AGGREGATE) && base.name().equals(Requests.NOBODY);
        String name = tool.name() + " / " + base.name() + at;
        Laps ofTool = of(laps, tool);
        Laps ofBase = of(laps, base);
        run.measured(
                NAME,
                name + " p50",
                ofTool.p50Millis() / ofBase.p50Millis(),
                "times",
                judged ? new Bar.AtMost(P50_TIMES_MAX) : new Bar.None());
        run.measuredIfFull(
                NAME,
                name + " p99",
                ofTool.p99Millis() / ofBase.p99Millis(),
                judged ? new Bar.AtMost(P99_TIMES_MAX) : new Bar.None());
    }

    private static Laps of(Map<String, Laps> laps, ToolCall call) {
        return Objects.requireNonNull(laps.get(call.name()));
    }
}
