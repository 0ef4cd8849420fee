package ai.pathbound.sandbox.terminal;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The user's side of a command.
public final class Terminal {
    /// Exit status of a command that could not do its work.
    public static final int FAILED = 1;
    /// Exit status of a command that was called wrongly.
    public static final int MISUSED = 2;

    private Terminal() {}

    /// Throws [IllegalArgumentException] when somebody listens on the port already.
    public static void checkPort(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            // As the server will: a port in TIME_WAIT is free.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "port " + port + " is not free; choose another with --port", e);
        }
    }

    /// Makes the data folder; throws [IllegalArgumentException] when that cannot be.
    public static void makeFolder(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "--data: " + folder + " cannot be made a folder of: " + e.getMessage(), e);
        }
    }

    /// A line to standard output.
    public static void say(String text) {
        System.out.println(text);
    }

    /// Tells why on standard error and ends the process.
    public static void fail(int status, @Nullable String why) {
        System.err.println("pathbound: " + why);
        System.exit(status);
    }
}
