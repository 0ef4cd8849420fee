package ai.pathbound.sandbox.broker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The broker of the last start. When its parent was killed it needs a moment to stop, and until
/// then it holds the data and the ports.
final class Predecessor {

    private static final Duration STOP_MAX = Duration.ofSeconds(20);

    private Predecessor() {}

    static void record(Path file, ProcessHandle broker) throws IOException {
        WholeFile.write(file, broker.pid() + " " + startOf(broker) + "\n");
    }

    static void awaitEnd(Path file) throws IOException, InterruptedException {
        Optional<ProcessHandle> found = find(file);
        if (found.isEmpty()) {
            return;
        }
        ProcessHandle broker = found.get();
        try {
            broker.onExit().get(STOP_MAX.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException _) {
            if (!broker.destroyForcibly() && broker.isAlive()) {
                throw new BrokerFailedException(
                        "the broker of the last start (pid " + broker.pid() + ") does not end");
            }
        }
    }

    private static Optional<ProcessHandle> find(Path file) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        String[] words = Files.readString(file).strip().split(" ", 2);
        if (words.length != 2 || !words[0].matches("\\d{1,18}")) {
            return Optional.empty();
        }
        // Pids are reused: only with the same start time it is the same process.
        return ProcessHandle.of(Long.parseLong(words[0]))
                .filter(process -> process.isAlive() && startOf(process).equals(words[1]));
    }

    private static String startOf(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toString).orElse("unknown");
    }
}
