package ai.pathbound.bench.client;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.concurrent.TimeUnit;

/// Server processes that a benchmark starts for itself.
public final class Servers {
    private static final int STOP_SECONDS = 30;

    private Servers() {}

    /// A port nobody listens on just now.
    public static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /// Ends a server in order, or by force when that takes longer than half a minute.
    public static void stop(Process process) {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
