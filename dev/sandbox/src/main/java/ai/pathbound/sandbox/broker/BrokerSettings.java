package ai.pathbound.sandbox.broker;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The text of a broker's `server.properties`. Each member of the cluster is broker and controller.
final class BrokerSettings {

    private BrokerSettings() {}

    /// Two of three: one broker may be away, and no acknowledged record is on one disk only.
    private static final int REPLICAS_MAX = 3;

    /// @param members addresses of all brokers of the cluster
    /// @param id the one of them this is for, from 1
    static String text(List<BrokerAddress> members, int id, Path logDir) {
        BrokerAddress address = members.get(id - 1);
        int replicas = Math.min(REPLICAS_MAX, members.size());
        boolean alone = members.size() == 1;
        return """
                process.roles=broker,controller
                node.id=%5$d
                cluster.id=%1$s
                listeners=PLAINTEXT://%2$s,CONTROLLER://%3$s
                advertised.listeners=PLAINTEXT://%2$s
                inter.broker.listener.name=PLAINTEXT
                controller.listener.names=CONTROLLER
                # A fixed voter, not a dynamic quorum: its port may change between two starts.
                controller.quorum.voters=%6$s
                log.dirs=%4$s

                # Topics are made on purpose, with the partitions they need.
                auto.create.topics.enable=false
                default.replication.factor=%7$d
                min.insync.replicas=%8$d
                # The read model can be rebuilt as long as its changes are kept.
                log.retention.ms=-1

                # Internal topics; 50 partitions each would only cost files.
                offsets.topic.replication.factor=%7$d
                offsets.topic.num.partitions=4
                transaction.state.log.replication.factor=%7$d
                transaction.state.log.min.isr=%8$d
                transaction.state.log.num.partitions=4
                share.coordinator.state.topic.replication.factor=%7$d
                share.coordinator.state.topic.min.isr=%8$d
                share.coordinator.state.topic.num.partitions=1

                # A node that is alone need not wait for others; several start at the same time.
                group.initial.rebalance.delay.ms=%9$d
                group.streams.initial.rebalance.delay.ms=%9$d
                # Lets a test choose sessions shorter than the six seconds allowed by default.
                group.min.session.timeout.ms=1000

                # After kill -9 the old registration must expire before the new one is accepted, and the
                # leaders move. Several brokers on one machine are late now and then.
                broker.session.timeout.ms=%10$d
                broker.heartbeat.interval.ms=400

                # 128 MiB of heap by default, reserved at start; 16 MiB index 700,000 keys a pass.
                log.cleaner.dedupe.buffer.size=16777216
                """
                .formatted(address.clusterId(),
                        address.bootstrapServers(),
                        address.controller(),
                        escaped(logDir),
                        id,
                        voters(members),
                        replicas,
                        replicas / 2 + 1,
                        alone ? 0 : 1_000,
                        alone ? 1_500 : 4_000);
    }

    private static String voters(List<BrokerAddress> members) {
        return IntStream.rangeClosed(1, members.size())
                .mapToObj(id -> id + "@" + members.get(id - 1).controller())
                .collect(Collectors.joining(","));
    }

    /// In a properties file the backslash escapes.
    private static String escaped(Path path) {
        return path.toString().replace("\\", "\\\\");
    }
}
