package ai.pathbound.sandbox.broker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/// Whether the broker answers as a cluster; an open port alone says nothing.
final class BrokerHealth {

    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final int ANSWER_MILLIS = 5_000;

    private BrokerHealth() {}

    /// `true` when the cluster answers; `false` when its process ended or the time is over.
    static boolean awaitCluster(Process broker, BrokerAddress address, Duration max)
            throws InterruptedException {
        long end = System.nanoTime() + max.toNanos();
        // A client that finds no listener fills the log with warnings, so knock first.
        while (!isListening(address)) {
            if (!broker.isAlive() || System.nanoTime() > end) {
                return false;
            }
            Thread.sleep(PAUSE);
        }
        try (Admin admin = Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                address.bootstrapServers(),
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                ANSWER_MILLIS,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                ANSWER_MILLIS))) {
            while (broker.isAlive() && System.nanoTime() < end) {
                if (answers(admin, address.clusterId())) {
                    return true;
                }
                Thread.sleep(PAUSE);
            }
        }
        return false;
    }

    private static boolean isListening(BrokerAddress address) {
        try (var _ = new Socket(InetAddress.ofLiteral("127.0.0.1"), address.brokerPort())) {
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    private static boolean answers(Admin admin, String clusterId) throws InterruptedException {
        try {
            var cluster = admin.describeCluster();
            return cluster.clusterId().get(ANSWER_MILLIS, TimeUnit.MILLISECONDS).equals(clusterId)
                    && !cluster.nodes().get(ANSWER_MILLIS, TimeUnit.MILLISECONDS).isEmpty();
        } catch (ExecutionException | TimeoutException _) {
            return false;
        }
    }
}
