package ai.pathbound.sandbox.broker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.kafka.common.Uuid;

/// Who the broker is and where it listens, kept with its data: the cluster id for good, the ports
/// until somebody else has taken one.
record BrokerAddress(String clusterId, int brokerPort, int controllerPort) {

    private static final String LOOPBACK = "127.0.0.1";

    BrokerAddress {
        if (clusterId.isBlank()) {
            throw new IllegalArgumentException("cluster.id must not be empty");
        }
        if (brokerPort < 1 || controllerPort < 1 || brokerPort == controllerPort) {
            throw new IllegalArgumentException("broker.port and controller.port must differ: "
                    + brokerPort + ", " + controllerPort);
        }
    }

    /// The address in the file, with other ports if those are taken; a new one if there is none.
    static BrokerAddress claim(Path file) throws IOException {
        BrokerAddress address = Files.exists(file)
                ? read(file)
                : onFreePorts(Uuid.randomUuid().toString());
        if (!address.isFree()) {
            address = onFreePorts(address.clusterId());
        }
        address.write(file);
        return address;
    }

    String bootstrapServers() {
        return LOOPBACK + ":" + brokerPort;
    }

    String controller() {
        return LOOPBACK + ":" + controllerPort;
    }

    boolean isFree() {
        try (var _ = listen(brokerPort); var _ = listen(controllerPort)) {
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    private static BrokerAddress onFreePorts(String clusterId) throws IOException {
        // Both at once, or the system may hand out the same port twice.
        try (var broker = listen(0); var controller = listen(0)) {
            return new BrokerAddress(clusterId, broker.getLocalPort(), controller.getLocalPort());
        }
    }

    private static ServerSocket listen(int port) throws IOException {
        var socket = new ServerSocket();
        try {
            socket.bind(new InetSocketAddress(InetAddress.ofLiteral(LOOPBACK), port));
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private static BrokerAddress read(Path file) throws IOException {
        var values = new Properties();
        try (var reader = Files.newBufferedReader(file)) {
            values.load(reader);
        }
        try {
            return new BrokerAddress(values.getProperty("cluster.id", ""),
                    Integer.parseInt(values.getProperty("broker.port", "")),
                    Integer.parseInt(values.getProperty("controller.port", "")));
        } catch (IllegalArgumentException e) {
            throw new IOException(file + " is damaged: " + e.getMessage(), e);
        }
    }

    private void write(Path file) throws IOException {
        WholeFile.write(file, """
                cluster.id=%s
                broker.port=%d
                controller.port=%d
                """.formatted(clusterId, brokerPort, controllerPort));
    }
}
