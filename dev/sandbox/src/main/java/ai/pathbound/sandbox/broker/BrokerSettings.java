package ai.pathbound.sandbox.broker;

import java.nio.file.Path;

/// The text of the broker's `server.properties`: one node that is broker and controller.
final class BrokerSettings {

    private BrokerSettings() {}

    static String text(BrokerAddress address, Path logDir) {
        return """
                process.roles=broker,controller
                node.id=1
                cluster.id=%1$s
                listeners=PLAINTEXT://%2$s,CONTROLLER://%3$s
                advertised.listeners=PLAINTEXT://%2$s
                inter.broker.listener.name=PLAINTEXT
                controller.listener.names=CONTROLLER
                # A fixed voter, not a dynamic quorum: its port may change between two starts.
                controller.quorum.voters=1@%3$s
                log.dirs=%4$s

                # Topics are made on purpose, with the partitions they need.
                auto.create.topics.enable=false
                default.replication.factor=1
                min.insync.replicas=1
                # The read model can be rebuilt as long as its changes are kept.
                log.retention.ms=-1

                # Internal topics of a single node; 50 partitions each would only cost files.
                offsets.topic.replication.factor=1
                offsets.topic.num.partitions=4
                transaction.state.log.replication.factor=1
                transaction.state.log.min.isr=1
                transaction.state.log.num.partitions=4
                share.coordinator.state.topic.replication.factor=1
                share.coordinator.state.topic.min.isr=1
                share.coordinator.state.topic.num.partitions=1

                # Nobody else will join: do not wait for others.
                group.initial.rebalance.delay.ms=0
                group.streams.initial.rebalance.delay.ms=0
                # Lets a test choose sessions shorter than the six seconds allowed by default.
                group.min.session.timeout.ms=1000

                # After kill -9 the old registration must expire before the new one is accepted.
                broker.session.timeout.ms=1500
                broker.heartbeat.interval.ms=400

                # 128 MiB of heap by default, reserved at start; 16 MiB index 700,000 keys a pass.
                log.cleaner.dedupe.buffer.size=16777216
                """.formatted(address.clusterId(),
                address.bootstrapServers(),
                address.controller(),
                escaped(logDir));
    }

    /// In a properties file the backslash escapes.
    private static String escaped(Path path) {
        return path.toString().replace("\\", "\\\\");
    }
}
