package ai.pathbound.sandbox.cluster;

import ai.pathbound.sandbox.broker.BrokerFailedException;
import ai.pathbound.sandbox.terminal.Terminal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/// Entry of `pathbound cluster`.
public final class ClusterMain {
    private static final Duration PUBLISHED_WITHIN = Duration.ofMinutes(30);
    private static final Duration LOOKED_EVERY = Duration.ofSeconds(1);

    private ClusterMain() {}

    public static void main(String[] arguments) {
        ClusterOptions options = new ClusterOptions();
        try {
            new CommandLine(options).parseArgs(arguments);
            settings(options);
            options.backend("unused");
            Terminal.checkPort(options.port);
            Terminal.makeFolder(options.folder(""));
        } catch (ParameterException | IllegalArgumentException e) {
            Terminal.fail(Terminal.MISUSED, e.getMessage());
        }
        // Before the first logger is made.
        System.setProperty("pathbound.demo.log",
                options.folder("cluster.log").toString());
        System.setProperty("logback.configurationFile", "demo-logback.xml");
        AtomicReference<Cluster> running = new AtomicReference<>();
        Thread main = Thread.currentThread();
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(() -> {
            Terminal.say("stopping");
            main.interrupt();
            Cluster cluster = running.get();
            if (cluster != null) {
                cluster.close();
            }
            Terminal.say("stopped");
        }));
        try {
            run(options, running);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | BrokerFailedException | UncheckedIOException
                | IllegalStateException e) {
            if (!Thread.interrupted()) {
                LoggerFactory.getLogger(ClusterMain.class).error("The cluster ends", e);
                Terminal.fail(Terminal.FAILED, e.getMessage());
            }
        }
    }

    private static ClusterSettings settings(ClusterOptions options) {
        return options.settings(
                Path.of(System.getProperty("pathbound.broker.home", "dev/broker/target")));
    }

    private static void run(ClusterOptions options, AtomicReference<Cluster> running)
            throws IOException, InterruptedException {
        Instant begin = Instant.now();
        if (options.fresh) {
            Terminal.say("forgetting what " + options.folder("") + " holds");
            Cluster.erase(options.folder(""));
        }
        Cluster cluster = Cluster.start(settings(options), Terminal::say);
        running.set(cluster);
        cluster.backend().seed(Terminal::say);
        cluster.backend().awaitPublished(PUBLISHED_WITHIN);
        cluster.awaitReadable(Instant.now());
        if (!options.noTraffic) {
            cluster.backend().startTraffic();
        }
        Terminal.say(
                """

                        Everything is loaded, after %.1f s. Logs are in %s.
                        Demo keys: %s
                        """
                        .formatted(
                                Duration.between(begin, Instant.now()).toMillis() / 1000.0,
                                options.folder(""),
                                String.join(" ", Cluster.KEYS)));
        Terminal.say("READY http://localhost:" + options.port + "/mcp");
        watch(cluster);
    }

    /// Says which parts end and come back, until the process is told to stop.
    private static void watch(Cluster cluster) throws InterruptedException {
        int ready = cluster.nodesReady();
        while (true) {
            Thread.sleep(LOOKED_EVERY);
            int now = cluster.nodesReady();
            if (now != ready) {
                Terminal.say(now + " of " + cluster.nodes().size() + " nodes are ready");
                ready = now;
            }
        }
    }
}
