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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.springframework.util.FileSystemUtils;

/// Entry of `pathbound bench`: runs the benchmarks one after the other, prints their figures as a table
/// and writes `bench-report.json` into the current folder. A wrong answer ends the run with status 1.
///
/// Run: `./pathbound bench [--quick]`; some parts alone with
/// `PATHBOUND_JAVA_OPTS=-Dpathbound.bench.parts=events,contacts`.
public final class BenchMain {
    private static final String QUICK = "--quick";
    private static final String PARTS = "pathbound.bench.parts";
    private static final String ALL_PARTS = "tools,forwarding,projection,contacts,events,postgres,node,soak";

    private BenchMain() {}

    public static void main(String[] arguments) throws Exception {
        // Before the first logger is made.
        System.setProperty("logback.configurationFile", "bench-logback.xml");
        boolean quick = Arrays.asList(arguments).contains(QUICK);
        List<String> parts = List.of(System.getProperty(PARTS, ALL_PARTS).split(",", -1));
        Path folder = Files.createTempDirectory("pathbound-bench");
        // Also when the run is interrupted: it keeps gigabytes there.
        Runtime.getRuntime()
                .addShutdownHook(
                        Thread.ofPlatform()
                                .unstarted(
                                        () -> FileSystemUtils
                                                .deleteRecursively(folder.toFile())));
        int status = 0;
        try {
            Report report = new Report(quick);
            run(new Run(quick, folder, report), parts);
            System.out.println();
            System.out.println(report.markdown());
            report.write(Path.of("bench-report.json"));
        } catch (WrongAnswerException e) {
            System.err.println("pathbound: wrong answer: " + e.getMessage());
            status = 1;
        }
        System.exit(status);
    }

    private static void run(Run run, List<String> parts) throws Exception {
        for (String part : parts) {
            switch (part) {
                case "tools" -> new ToolCalls(run).measure();
                case "forwarding" -> new Forwarding(run).measure();
                case "projection" -> new ProjectionRate(run).measure();
                case "contacts" -> ContactLists.measure(run);
                case "events" -> EventQuestions.measure(run);
                case "postgres" -> new PostgresQuestions(run).measure();
                case "node" -> new WholeNode(run).measure();
                case "soak" -> new Soak(run).measure();
                default -> throw new IllegalArgumentException(
                        PARTS + " has '" + part + "', which is none of " + ALL_PARTS);
            }
        }
    }
}
