package ai.pathbound.projector;

import ai.pathbound.projector.topology.ProjectionTopology;
import ai.pathbound.schemas.topics.Topics;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/// The changelog topic, held against the state on this disk and against what the group believes to have
/// applied. When they do not belong together, the node must not start: Kafka Streams would make a
/// missing changelog anew, empty, and go on behind the old offsets, without all that came before.
final class Changelog {
    private static final String WAY_OUT = " Stop all nodes and run 'pathbound rebuild', which makes"
            + " everything anew from the change topics.";

    private final Admin admin;
    private final String group;
    private final String topic;
    private final Path folder;

    /// @param stateDir the state folder of this node
    Changelog(Admin admin, String applicationId, Path stateDir) {
        this.admin = admin;
        group = applicationId;
        topic = applicationId + "-" + ProjectionTopology.STORE + "-changelog";
        folder = stateDir.resolve(applicationId);
    }

    String topic() {
        return topic;
    }

    /// Throws [CannotStartException] with the reason and the way out when the three do not belong
    /// together; notes where the state comes from otherwise.
    void check(int partitions) throws InterruptedException {
        try {
            String clusterId = admin.describeCluster().clusterId().get();
            Optional<StateOrigin> origin = StateOrigin.read(folder);
            requireSameCluster(origin, clusterId);
            Optional<TopicDescription> found = describe();
            Optional<Uuid> id = found.map(TopicDescription::topicId);
            origin.flatMap(StateOrigin::changelog).ifPresent(known -> requireSame(known, id));
            if (found.isPresent()) {
                requirePartitions(found.get().partitions().size(), partitions);
            }
            requireWhole(found.isPresent(), partitions);
            new StateOrigin(clusterId, id).write(folder);
        } catch (ExecutionException e) {
            throw new CannotStartException("Kafka does not tell about the topic " + topic + ": "
                    + message(e) + ". Check the rights of this node's user.", e);
        }
    }

    private void requireSameCluster(Optional<StateOrigin> origin, String clusterId) {
        if (origin.isPresent() && !origin.get().clusterId().equals(clusterId)) {
            throw new CannotStartException("The state in " + folder
                    + " was made from another Kafka cluster (" + origin.get().clusterId()
                    + ", this one is " + clusterId
                    + "). Use another pathbound.projector.state-dir, or point"
                    + " pathbound.projector.bootstrap-servers at that cluster; 'pathbound rebuild"
                    + " --local' throws the state away.");
        }
    }

    private void requireSame(Uuid known, Optional<Uuid> now) {
        if (now.isEmpty()) {
            throw new CannotStartException("The topic " + topic + " was deleted; the state in "
                    + folder + " cannot go on without it." + WAY_OUT);
        }
        if (!now.get().equals(known)) {
            throw new CannotStartException("The topic " + topic
                    + " was deleted and created again: it does not hold what the state in " + folder
                    + " was made from. If it was rebuilt on purpose from another node, run 'pathbound"
                    + " rebuild --local' here; if not, nothing can be made from it." + WAY_OUT);
        }
    }

    private void requirePartitions(int found, int wanted) {
        if (found != wanted) {
            throw new CannotStartException("The topic " + topic + " has " + found
                    + " partitions and the change topics have " + wanted
                    + ": tenants would be looked for where their data is not." + WAY_OUT);
        }
    }

    /// What the group has applied must be in the changelog, from its beginning.
    private void requireWhole(boolean exists, int partitions)
            throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get();
        Map<Integer, Long> begins = exists
                ? offsets(partitions, OffsetSpec.earliest())
                : Map.of();
        Map<Integer, Long> ends = exists ? offsets(partitions, OffsetSpec.latest()) : Map.of();
        List<Integer> cut = new ArrayList<>();
        List<Integer> empty = new ArrayList<>();
        for (int partition = 0; partition < partitions; partition++) {
            if (begins.getOrDefault(partition, 0L) > 0) {
                cut.add(partition);
            }
            if (ends.getOrDefault(partition, 0L) == 0 && hasApplied(committed, partition)) {
                empty.add(partition);
            }
        }
        if (!cut.isEmpty()) {
            throw new CannotStartException("The beginning of the topic " + topic
                    + " was cut off (partitions " + cut
                    + "): state cannot be restored from it. Its cleanup.policy must be compact alone."
                    + WAY_OUT);
        }
        if (!empty.isEmpty()) {
            throw new CannotStartException("The topic " + topic + (exists
                    ? " is empty (partitions " + empty + ")"
                    : " was deleted")
                    + ", but the group " + group + " has applied changes to it." + WAY_OUT);
        }
    }

    private static boolean hasApplied(Map<TopicPartition, OffsetAndMetadata> committed,
            int partition) {
        return Topics.CHANGES.stream()
                .map(name -> committed.get(new TopicPartition(name, partition)))
                .anyMatch(offset -> offset != null && offset.offset() > 0);
    }

    private Map<Integer, Long> offsets(int partitions, OffsetSpec which)
            throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> asked = IntStream.range(0, partitions)
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .collect(Collectors.toMap(Function.identity(), _ -> which));
        Map<TopicPartition, ListOffsetsResultInfo> found = admin.listOffsets(asked).all().get();
        return found.entrySet()
                .stream()
                .collect(
                        Collectors.toMap(
                                entry -> entry.getKey().partition(),
                                entry -> entry.getValue().offset()));
    }

    /// Its id, once it is there. A failure to ask is no answer either.
    Optional<Uuid> id() throws InterruptedException {
        try {
            return describe().map(TopicDescription::topicId);
        } catch (ExecutionException _) {
            return Optional.empty();
        }
    }

    /// Notes the id of the changelog that Kafka Streams has made at the first start.
    void made(Uuid id) {
        StateOrigin.read(folder)
                .filter(origin -> origin.changelog().isEmpty())
                .ifPresent(
                        origin -> new StateOrigin(origin.clusterId(), Optional.of(id))
                                .write(folder));
    }

    private Optional<TopicDescription> describe() throws ExecutionException, InterruptedException {
        KafkaFuture<TopicDescription> answer = admin.describeTopics(List.of(topic))
                .topicNameValues()
                .get(topic);
        if (answer == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(answer.get());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static String message(ExecutionException e) {
        Throwable cause = e.getCause();
        return String.valueOf(cause == null ? e.getMessage() : cause.getMessage());
    }
}
