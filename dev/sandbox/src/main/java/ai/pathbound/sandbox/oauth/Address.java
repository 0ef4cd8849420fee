package ai.pathbound.sandbox.oauth;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The port of the authorization server, the same one at each start: it is part of the issuer, which
/// tokens name and clients remember.
final class Address {
    private static final Logger LOG = LoggerFactory.getLogger(Address.class);

    private Address() {}

    static int port(Path dataDir) {
        Path file = dataDir.resolve("port");
        try {
            if (Files.exists(file)) {
                int before = Integer.parseInt(Files.readString(file).strip());
                if (isFree(before)) {
                    return before;
                }
                LOG.warn(
                        "Port {} of the authorization server is taken; tokens made with it are void",
                        before);
            }
            int port = anyFree();
            Files.writeString(file, Integer.toString(port));
            return port;
        } catch (IOException e) {
            throw new UncheckedIOException("no port for the authorization server", e);
        } catch (NumberFormatException e) {
            throw new IllegalStateException("no port in " + file, e);
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = open(port)) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    private static int anyFree() throws IOException {
        try (ServerSocket socket = open(0)) {
            return socket.getLocalPort();
        }
    }

    private static ServerSocket open(int port) throws IOException {
        return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
    }
}
