package ai.pathbound.bench;

import ai.pathbound.bench.contacts.ContactLists;
import ai.pathbound.bench.events.EventQuestions;
import ai.pathbound.bench.events.PostgresQuestions;
import ai.pathbound.bench.node.Forwarding;
import ai.pathbound.bench.node.Soak;
import ai.pathbound.bench.node.WholeNode;
import ai.pathbound.bench.projection.ProjectionRate;
import ai.pathbound.bench.report.Report;
import ai.pathbound.bench.report.Run;
import ai.pathbound.bench.report.WrongAnswerException;
import ai.pathbound.bench.tools.ToolCalls;
import ai.pathbound.sandbox.terminal.ScratchFolder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Entry of `pathbound bench`: runs the benchmarks one after the other and prints their figures as a
/// table. `bench-report.json` in the current folder has those of all parts that are done, so that a run
/// of an hour that ends early is not lost. A wrong answer ends the run with status 1.
///
/// Run: `./pathbound bench [--quick]`; some parts alone with
/// `PATHBOUND_JAVA_OPTS=-Dpathbound.bench.parts=events,contacts`.
public final class BenchMain {
    private static final String QUICK = "--quick";
    private static final String CHOSEN = "pathbound.bench.parts";
    private static final Path REPORT = Path.of("bench-report.json");

    /// All parts, in the order in which they run.
    private static final Map<String, Part> PARTS = parts();

    private BenchMain() {}

    /// One of the benchmarks.
    private interface Part {
        void measure(Run run) throws Exception;
    }

    public static void main(String[] arguments) throws Exception {
        // Before the first logger is made.
        System.setProperty("logback.configurationFile", "quiet-logback.xml");
        boolean quick = Arrays.asList(arguments).contains(QUICK);
        List<String> chosen = chosen();
        Path folder = ScratchFolder.make("pathbound-bench");
        Report report = new Report(quick);
        Run run = new Run(quick, folder, report);
        int status = 0;
        try {
            for (String part : chosen) {
                Objects.requireNonNull(PARTS.get(part)).measure(run);
                report.write(REPORT);
            }
        } catch (WrongAnswerException e) {
            System.err.println("pathbound: wrong answer: " + e.getMessage());
            status = 1;
        }
        System.out.println();
        System.out.println(report.markdown());
        System.exit(status);
    }

    private static Map<String, Part> parts() {
        Map<String, Part> parts = new LinkedHashMap<>();
        parts.put("tools", run -> new ToolCalls(run).measure());
        parts.put("forwarding", run -> new Forwarding(run).measure());
        parts.put("projection", run -> new ProjectionRate(run).measure());
        parts.put("contacts", ContactLists::measure);
        parts.put("events", EventQuestions::measure);
        parts.put("postgres", run -> new PostgresQuestions(run).measure());
        parts.put("node", run -> new WholeNode(run).measure());
        parts.put("soak", run -> new Soak(run).measure());
        return Collections.unmodifiableMap(parts);
    }

    private static List<String> chosen() {
        List<String> names = List.copyOf(PARTS.keySet());
        String wanted = System.getProperty(CHOSEN);
        List<String> chosen = wanted == null ? names : List.of(wanted.split(",", -1));
        for (String name : chosen) {
            if (!names.contains(name)) {
                System.err.println("pathbound: " + CHOSEN + " has '" + name + "'; there are "
                        + String.join(", ", names));
                System.exit(2);
            }
        }
        return chosen;
    }
}
