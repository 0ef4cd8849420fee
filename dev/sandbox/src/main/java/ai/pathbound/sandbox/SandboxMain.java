package ai.pathbound.sandbox;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/// The stand-in backend by itself: serves REST, fills the change topics, goes on with live events. For a
/// Kafka that is there already.
public final class SandboxMain {
    private static final Duration PUBLISHED_WITHIN = Duration.ofMinutes(30);

    @Option(names = "--kafka", required = true, description = "brokers, host:port by commas")
    private String kafka = "";

    @Option(names = "--data", required = true, description = "folder that keeps the data")
    @Nullable
    private Path data;

    @Option(names = "--port", defaultValue = "8090", description = "REST port")
    private int port;

    @Option(names = "--bind", defaultValue = "127.0.0.1", description = "interface to listen on")
    private String bind = "";

    @Option(names = "--partitions", defaultValue = "4", description = "of each change topic")
    private int partitions;

    @Option(names = "--seed", defaultValue = "42", description = "seed of the generated data")
    private long seed;

    @Option(names = "--contacts", defaultValue = "2000", description = "contacts of tenant acme")
    private int contacts;

    @Option(names = "--companies", defaultValue = "300", description = "companies of tenant acme")
    private int companies;

    @Option(names = "--events", defaultValue = "50000", description = "events of tenant acme")
    private int events;

    private SandboxMain() {}

    public static void main(String[] arguments) throws InterruptedException {
        SandboxMain options = new SandboxMain();
        SandboxSettings settings;
        try {
            new CommandLine(options).parseArgs(arguments);
            settings = options.settings();
        } catch (ParameterException | IllegalArgumentException e) {
            System.err.println("pathbound: " + e.getMessage());
            System.exit(2);
            return;
        }
        CountDownLatch stop = new CountDownLatch(1);
        Sandbox sandbox = Sandbox.start(settings, options.bind);
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(() -> {
            sandbox.close();
            stop.countDown();
        }));
        System.out.println("the stand-in backend serves " + sandbox.baseUrl() + "/v1");
        sandbox.seed(System.out::println);
        sandbox.awaitPublished(PUBLISHED_WITHIN);
        sandbox.startTraffic();
        System.out.println("everything is published");
        stop.await();
    }

    private SandboxSettings settings() {
        if (data == null) {
            throw new IllegalStateException("--data is mandatory");
        }
        return new SandboxSettings(data, port, kafka, partitions, seed, contacts, companies, events,
                false, Clock.systemUTC());
    }
}
