package ai.pathbound.sandbox.broker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
        return claim(List.of(file)).getFirst();
    }

    /// The addresses of one cluster's brokers, a file for each. If a file is missing or a port is
    /// taken, all get other ports; the cluster stays the same.
    static List<BrokerAddress> claim(List<Path> files) throws IOException {
        List<BrokerAddress> known = new ArrayList<>();
        for (Path file : files) {
            if (Files.exists(file)) {
                known.add(read(file));
            }
        }
        if (known.size() < files.size() || !known.stream().allMatch(BrokerAddress::isFree)) {
            String clusterId = known.isEmpty()
                    ? Uuid.randomUuid().toString()
                    : known.getFirst().clusterId();
            known = onFreePorts(clusterId, files.size());
        }
        for (int i = 0; i < known.size(); i++) {
            known.get(i).write(files.get(i));
        }
        return List.copyOf(known);
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

    private static List<BrokerAddress> onFreePorts(String clusterId, int brokers)
            throws IOException {
        List<ServerSocket> held = new ArrayList<>();
        try {
            // All at once, or the system may hand out the same port twice.
            for (int i = 0; i < 2 * brokers; i++) {
                held.add(listen(0));
            }
            List<BrokerAddress> addresses = new ArrayList<>();
            for (int i = 0; i < 2 * brokers; i += 2) {
                addresses.add(new BrokerAddress(clusterId, held.get(i).getLocalPort(),
                        held.get(i + 1).getLocalPort()));
            }
            return addresses;
        } finally {
            for (ServerSocket socket : held) {
                socket.close();
            }
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
