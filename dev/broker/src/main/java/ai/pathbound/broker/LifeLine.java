package ai.pathbound.broker;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/// Ends this JVM when a stream ends: first politely, then for certain.
final class LifeLine {

    /// A clean stop takes about two seconds; a broker that hangs must not keep the data locked.
    private static final Duration CLEAN_STOP_MAX = Duration.ofSeconds(15);

    private LifeLine() {}

    static void hold(InputStream lifeLine) {
        daemon("life-line", () -> {
            awaitEnd(lifeLine);
            daemon("life-line-force", LifeLine::haltLater);
            // Runs Kafka's shutdown hook: controlled shutdown, logs flushed and closed.
            System.exit(0);
        });
    }

    private static void awaitEnd(InputStream lifeLine) {
        try {
            while (lifeLine.read() >= 0) {
                // Bytes mean nothing here; only the end does.
            }
        } catch (IOException e) {
            // A broken pipe is an end too.
            System.err.println("life line broke: " + e.getMessage());
        }
    }

    private static void haltLater() {
        try {
            Thread.sleep(CLEAN_STOP_MAX);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(1);
    }

    private static void daemon(String name, Runnable body) {
        Thread.ofPlatform().daemon().name(name).start(body);
    }
}
