package ai.pathbound.sandbox.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.springframework.util.FileSystemUtils;

/// One Kafka broker with its data folder, in a child JVM that never outlives this one.
///
/// In the folder:
///
///     lock               held by the process that owns the folder
///     address            cluster id and ports, chosen at the first start
///     server.properties  written anew at each start
///     broker.pid         the last child
///     broker.log, .out   what the child logged and printed
///     kafka/             Kafka's own data
public final class BrokerProcess implements AutoCloseable {

    private static final Duration START_MAX = Duration.ofSeconds(60);
    static final Duration STOP_MAX = Duration.ofSeconds(10);
    /// Between choosing a free port and listening on it somebody else may take it.
    private static final int ATTEMPTS = 3;

    private final DataLock lock;
    private final BrokerAddress address;
    private final Process process;

    private BrokerProcess(DataLock lock, BrokerAddress address, Process process) {
        this.lock = lock;
        this.address = address;
        this.process = process;
    }

    /// Starts the broker and waits until it answers.
    ///
    /// @param dataDir the folder to keep everything in; made if missing
    /// @param brokerHome the folder with the broker's jar and `lib/`
    /// @param progress told in short sentences what is going on
    /// @throws BrokerFailedException if the data is in use or the broker does not come up
    public static BrokerProcess start(Path dataDir, Path brokerHome, Consumer<String> progress) {
        Path folder = dataDir.toAbsolutePath().normalize();
        try {
            Files.createDirectories(folder);
            DataLock lock = DataLock.take(folder);
            try {
                return start(folder, new BrokerHome(brokerHome), lock, progress);
            } catch (IOException | InterruptedException | RuntimeException e) {
                lock.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("broker data in " + folder + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BrokerFailedException("interrupted while the broker was starting", e);
        }
    }

    /// Deletes a broker's data, if there is any.
    ///
    /// @throws BrokerFailedException if a broker is using it
    public static void erase(Path dataDir) {
        Path folder = dataDir.toAbsolutePath().normalize();
        if (Files.notExists(folder)) {
            return;
        }
        try (DataLock _ = DataLock.take(folder)) {
            Predecessor.awaitEnd(folder.resolve("broker.pid"));
            FileSystemUtils.deleteRecursively(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("broker data in " + folder + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BrokerFailedException("interrupted while broker data was deleted", e);
        }
    }

    private static BrokerProcess start(Path folder,
            BrokerHome home,
            DataLock lock,
            Consumer<String> progress) throws IOException, InterruptedException {
        Predecessor.awaitEnd(folder.resolve("broker.pid"));
        for (int attempt = 1;; attempt++) {
            long begin = System.nanoTime();
            BrokerAddress address = BrokerAddress.claim(folder.resolve("address"));
            progress.accept("starting the Kafka broker on " + address.bootstrapServers());
            Process process = launch(folder, home, List.of(address), 1);
            if (isUp(process, address, START_MAX)) {
                progress.accept("the Kafka broker answers after %d ms"
                        .formatted(Duration.ofNanos(System.nanoTime() - begin).toMillis()));
                return new BrokerProcess(lock, address, process);
            }
            boolean ended = !process.isAlive();
            stop(process, Duration.ZERO);
            if (!ended || address.isFree() || attempt == ATTEMPTS) {
                throw new BrokerFailedException("the Kafka broker %s; %s".formatted(
                        ended
                                ? "ended with status " + process.exitValue() + " while starting"
                                : "does not answer after " + START_MAX.toSeconds() + " s",
                        BrokerLog.in(folder).lastLines()));
            }
        }
    }

    /// Starts the child that is to be this member of the cluster, without waiting for an answer.
    static Process launch(Path folder, BrokerHome home, List<BrokerAddress> members, int id)
            throws IOException {
        Path settings = folder.resolve("server.properties");
        WholeFile.write(settings, BrokerSettings.text(members, id, folder.resolve("kafka")));
        // Standard input stays a pipe that only we hold: its end tells the child that we are gone.
        var builder = new ProcessBuilder(home.command(settings)).redirectErrorStream(true)
                .redirectOutput(folder.resolve("broker.out").toFile());
        builder.environment().put("MALLOC_ARENA_MAX", "2");
        // Flags meant for the parent must not undo those of the child.
        builder.environment()
                .keySet()
                .removeIf(name -> name.equals("JDK_JAVA_OPTIONS")
                        || name.equals("JAVA_TOOL_OPTIONS"));
        Process process = builder.start();
        Predecessor.record(folder.resolve("broker.pid"), process.toHandle());
        return process;
    }

    /// Waits until it answers; `false` when it ended or does not within that time.
    static boolean isUp(Process process, BrokerAddress address, Duration within)
            throws InterruptedException {
        try {
            return BrokerHealth.awaitCluster(process, address, within);
        } catch (InterruptedException | RuntimeException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    /// `host:port` for Kafka clients.
    public String bootstrapServers() {
        return address.bootstrapServers();
    }

    /// The child JVM: to watch it, or to kill it in a test.
    public Process process() {
        return process;
    }

    /// Stops the broker: cleanly, or by force when that takes longer than ten seconds.
    @Override
    public void close() {
        try (lock) {
            stop(process, STOP_MAX);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    static void stop(Process process, Duration max) throws InterruptedException {
        try {
            process.getOutputStream().close();
        } catch (IOException _) {
            // The pipe is closed already when the child is gone.
        }
        if (!process.waitFor(max.toMillis(), TimeUnit.MILLISECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }
}
