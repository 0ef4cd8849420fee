package ai.pathbound.sandbox.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.springframework.util.FileSystemUtils;

/// Several Kafka brokers on this machine that form one cluster: each is a child JVM with a folder of
/// its own, `broker-1` and so on, laid out like that of a [BrokerProcess]. With three, each record is
/// on three disks and acknowledged when it is on two, so one broker may be away.
///
/// Brokers are numbered from 1. One can be killed and started again, on its data and address.
public final class BrokerCluster implements AutoCloseable {
    /// Several JVMs that start at once on few cores keep each other waiting.
    private static final Duration START_MAX = Duration.ofMinutes(3);

    private final Path folder;
    private final BrokerHome home;
    private final DataLock lock;
    private final List<BrokerAddress> members;
    private final List<Process> processes = new ArrayList<>();

    private BrokerCluster(Path folder,
            BrokerHome home,
            DataLock lock,
            List<BrokerAddress> members) {
        this.folder = folder;
        this.home = home;
        this.lock = lock;
        this.members = members;
    }

    /// Starts the brokers and waits until each of them answers.
    ///
    /// @param dataDir the folder to keep everything in; made if missing
    /// @param brokerHome the folder with the broker's jar and `lib/`
    /// @param brokers how many; for good, once the folder has data
    /// @param progress told in short sentences what is going on
    /// @throws BrokerFailedException if the data is in use, belongs to another number of brokers, or a
    ///     broker does not come up
    public static BrokerCluster start(Path dataDir,
            Path brokerHome,
            int brokers,
            Consumer<String> progress) {
        Path folder = dataDir.toAbsolutePath().normalize();
        try {
            Files.createDirectories(folder);
            DataLock lock = DataLock.take(folder);
            try {
                return start(folder, new BrokerHome(brokerHome), lock, brokers, progress);
            } catch (IOException | InterruptedException | RuntimeException e) {
                lock.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("broker data in " + folder + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BrokerFailedException("interrupted while brokers were starting", e);
        }
    }

    private static BrokerCluster start(Path folder,
            BrokerHome home,
            DataLock lock,
            int brokers,
            Consumer<String> progress) throws IOException, InterruptedException {
        if (Files.exists(memberFolder(folder, 1))
                && Files.exists(memberFolder(folder, brokers)) == Files
                        .exists(memberFolder(folder, brokers + 1))) {
            throw new BrokerFailedException(folder
                    + " holds the data of another number of brokers; use that number or another folder");
        }
        List<Path> addresses = new ArrayList<>();
        for (int id = 1; id <= brokers; id++) {
            Files.createDirectories(memberFolder(folder, id));
            Predecessor.awaitEnd(memberFolder(folder, id).resolve("broker.pid"));
            addresses.add(memberFolder(folder, id).resolve("address"));
        }
        var cluster = new BrokerCluster(folder, home, lock, BrokerAddress.claim(addresses));
        progress.accept("starting " + brokers + " Kafka brokers on " + cluster.bootstrapServers());
        long begin = System.nanoTime();
        try {
            // A quorum comes up together: none answers before most are there.
            for (int id = 1; id <= brokers; id++) {
                cluster.processes.add(cluster.launch(id));
            }
            for (int id = 1; id <= brokers; id++) {
                cluster.awaitUp(id);
            }
        } catch (IOException | InterruptedException | RuntimeException e) {
            cluster.processes.forEach(Process::destroyForcibly);
            throw e;
        }
        progress.accept("the Kafka brokers answer after %d ms"
                .formatted(Duration.ofNanos(System.nanoTime() - begin).toMillis()));
        return cluster;
    }

    /// Deletes a cluster's data, if there is any.
    ///
    /// @throws BrokerFailedException if it is in use
    public static void erase(Path dataDir) {
        Path folder = dataDir.toAbsolutePath().normalize();
        if (Files.notExists(folder)) {
            return;
        }
        try (DataLock _ = DataLock.take(folder)) {
            for (int id = 1; Files.exists(memberFolder(folder, id)); id++) {
                Predecessor.awaitEnd(memberFolder(folder, id).resolve("broker.pid"));
            }
            FileSystemUtils.deleteRecursively(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("broker data in " + folder + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BrokerFailedException("interrupted while broker data was deleted", e);
        }
    }

    private static Path memberFolder(Path folder, int id) {
        return folder.resolve("broker-" + id);
    }

    private Process launch(int id) throws IOException {
        return BrokerProcess.launch(memberFolder(folder, id), home, members, id);
    }

    private void awaitUp(int id) throws InterruptedException {
        if (!BrokerProcess.isUp(process(id), members.get(id - 1), START_MAX)) {
            throw new BrokerFailedException("Kafka broker %d does not come up; %s"
                    .formatted(id, BrokerLog.in(memberFolder(folder, id)).lastLines()));
        }
    }

    /// `host:port` of every broker, for Kafka clients.
    public String bootstrapServers() {
        return members.stream()
                .map(BrokerAddress::bootstrapServers)
                .collect(Collectors.joining(","));
    }

    /// How many brokers there are, running or not.
    public int size() {
        return members.size();
    }

    /// The child JVM of a broker: to watch it, to pause it or to kill it.
    public synchronized Process process(int id) {
        return processes.get(id - 1);
    }

    /// Kills a broker as `kill -9` does, and waits for its end.
    public void kill(int id) throws InterruptedException {
        process(id).destroyForcibly().waitFor();
    }

    /// Stops a broker in order: its leaderships move first.
    public void stop(int id) {
        stop(process(id));
    }

    /// Starts a broker that has ended, without waiting until it answers: alone it may not be able to.
    public synchronized void restart(int id) throws IOException {
        if (process(id).isAlive()) {
            throw new IllegalStateException("broker " + id + " is running");
        }
        processes.set(id - 1, launch(id));
    }

    /// Waits until every broker answers.
    ///
    /// @throws BrokerFailedException if one does not within three minutes
    public void awaitAll() throws InterruptedException {
        for (int id = 1; id <= members.size(); id++) {
            awaitUp(id);
        }
    }

    /// Stops the brokers side by side: the last two could not finish an orderly stop one by one, since
    /// they need a majority for it.
    @Override
    public void close() {
        List<Thread> stops = IntStream.rangeClosed(1, members.size())
                .mapToObj(id -> Thread.startVirtualThread(() -> stop(process(id))))
                .toList();
        try (lock) {
            for (Thread stop : stops) {
                stop.join();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            processes.forEach(Process::destroyForcibly);
            Thread.currentThread().interrupt();
        }
    }

    private static void stop(Process process) {
        try {
            BrokerProcess.stop(process, BrokerProcess.STOP_MAX);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
