package ai.pathbound.sandbox.terminal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/// Free TCP ports of this machine, for servers that must know theirs before they start.
///
/// They lie below the ephemeral ports (32768 up on Linux, 49152 up elsewhere): until the server listens,
/// the system gives them to no connection and to no socket bound to port 0.
public final class Ports {
    private static final int FIRST = 20_000;
    private static final int END = 32_000;
    private static final int ATTEMPTS = 1_000;

    private Ports() {}

    public static int free() {
        return free(1).getFirst();
    }

    /// Different ones.
    public static List<Integer> free(int count) {
        List<ServerSocket> held = new ArrayList<>();
        try {
            for (int i = 0; i < ATTEMPTS && held.size() < count; i++) {
                hold(ThreadLocalRandom.current().nextInt(FIRST, END), held);
            }
            if (held.size() < count) {
                throw new IllegalStateException(
                        "no " + count + " free ports from " + FIRST + " to " + END);
            }
            return held.stream().map(ServerSocket::getLocalPort).toList();
        } finally {
            held.forEach(Ports::close);
        }
    }

    private static void hold(int port, List<ServerSocket> held) {
        try {
            ServerSocket socket = new ServerSocket();
            held.add(socket);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException _) {
            // Taken; bound or not, the last one is not ours.
            close(held.removeLast());
        }
    }

    private static void close(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
