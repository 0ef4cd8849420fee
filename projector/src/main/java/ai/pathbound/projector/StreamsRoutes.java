package ai.pathbound.projector;

import ai.pathbound.projector.routing.NodeAddress;
import ai.pathbound.projector.routing.Place;
import ai.pathbound.projector.routing.Routes;
import ai.pathbound.schemas.topics.Topics;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsMetadata;

/// Routes as the last assignment of the consumer group has them.
final class StreamsRoutes {
    private final Supplier<Optional<Collection<StreamsMetadata>>> group;
    private final int partitions;

    StreamsRoutes(KafkaStreams streams, int partitions) {
        this(
                () -> streams.state().isRunningOrRebalancing()
                        ? Optional.of(streams.metadataForAllStreamsClients())
                        : Optional.empty(),
                partitions);
    }

    /// @param group the members of the group; empty while this process is not in it
    StreamsRoutes(Supplier<Optional<Collection<StreamsMetadata>>> group, int partitions) {
        this.group = group;
        this.partitions = partitions;
    }

    /// The routes; empty while this process is not in the group.
    Optional<Routes> look() {
        return group.get().map(this::routes);
    }

    private Routes routes(Collection<StreamsMetadata> nodes) {
        List<Place> places = new ArrayList<>();
        for (int partition = 0; partition < partitions; partition++) {
            TopicPartition wanted = new TopicPartition(Topics.CHANGES.getFirst(), partition);
            places.add(
                    new Place(
                            with(nodes, StreamsMetadata::topicPartitions, wanted).stream()
                                    .findFirst(),
                            with(nodes, StreamsMetadata::standbyTopicPartitions, wanted)));
        }
        return new Routes(places);
    }

    private static List<NodeAddress> with(Collection<StreamsMetadata> nodes,
            Function<StreamsMetadata, Set<TopicPartition>> of,
            TopicPartition wanted) {
        return nodes.stream()
                .filter(node -> of.apply(node).contains(wanted))
                .filter(node -> node.port() > 0)
                .map(node -> new NodeAddress(node.host(), node.port()))
                .sorted(Comparator.comparing(NodeAddress::toString))
                .toList();
    }
}
