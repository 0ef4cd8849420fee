package ai.pathbound.sandbox.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The network between nodes: each node is reached by the others at [#HOST], where one of these passes
/// everything on to 127.0.0.1, where the node listens; until it is told not to.
final class Links implements AutoCloseable {
    /// The address nodes call each other by.
    static final String HOST = "127.0.0.2";
    private static final int PIECE_BYTES = 16 << 10;

    /// What the network does with what nodes say to each other.
    enum State {
        /// Passes it on.
        OPEN,
        /// Ends each connection.
        REFUSING,
        /// Takes everything and passes nothing on until it is open again, as when packets are lost.
        SWALLOWING
    }

    private final List<ServerSocket> doors = new ArrayList<>();
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final Object change = new Object();
    private State state = State.OPEN;

    /// @param ports where the nodes listen
    Links(List<Integer> ports) throws IOException {
        for (int port : ports) {
            ServerSocket door = new ServerSocket();
            door.bind(new InetSocketAddress(HOST, port));
            doors.add(door);
            Thread.startVirtualThread(() -> accept(door, port));
        }
    }

    /// Changes all links at once, in both directions.
    void turn(State to) {
        synchronized (change) {
            state = to;
            change.notifyAll();
        }
        if (to == State.REFUSING) {
            sockets.forEach(Links::end);
        }
    }

    private void accept(ServerSocket door, int port) {
        try {
            while (true) {
                Socket outside = door.accept();
                sockets.add(outside);
                Thread.startVirtualThread(() -> serve(outside, port));
            }
        } catch (IOException _) {
            // Closed.
        }
    }

    private void serve(Socket outside, int port) {
        try {
            if (isRefusing()) {
                return;
            }
            Socket inside = new Socket(InetAddress.getLoopbackAddress(), port);
            sockets.add(inside);
            Thread back = Thread.startVirtualThread(() -> pass(inside, outside));
            pass(outside, inside);
            back.join();
        } catch (IOException _) {
            // The node is away.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            end(outside);
        }
    }

    private boolean isRefusing() {
        synchronized (change) {
            return state == State.REFUSING;
        }
    }

    private void pass(Socket from, Socket to) {
        byte[] piece = new byte[PIECE_BYTES];
        try (from; to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
                awaitOpen();
                out.write(piece, 0, read);
            }
        } catch (IOException _) {
            // One of them has hung up, so the other hears of it, too.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            sockets.remove(from);
            sockets.remove(to);
        }
    }

    private void awaitOpen() throws InterruptedException {
        synchronized (change) {
            while (state == State.SWALLOWING) {
                change.wait();
            }
        }
    }

    private static void end(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        turn(State.REFUSING);
        for (ServerSocket door : doors) {
            try {
                door.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
