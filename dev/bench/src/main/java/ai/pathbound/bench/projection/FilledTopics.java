package ai.pathbound.bench.projection;

import ai.pathbound.projector.topology.Backlog;
import ai.pathbound.schemas.topics.Topics;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/// The change topics once all records are in them.
///
/// @param ids id of each topic
/// @param ends offset behind the last record of each partition
record FilledTopics(Map<String, Uuid> ids, Map<TopicPartition, Long> ends) implements Backlog {
    static FilledTopics look(Admin admin) throws InterruptedException, ExecutionException {
        Map<String, Uuid> ids = admin.describeTopics(Topics.CHANGES)
                .allTopicNames()
                .get()
                .values()
                .stream()
                .collect(Collectors.toMap(TopicDescription::name, TopicDescription::topicId));
        Map<TopicPartition, OffsetSpec> latest = Topics.CHANGES.stream()
                .flatMap(
                        topic -> IntStream.range(0, Records.PARTITIONS)
                                .mapToObj(partition -> new TopicPartition(topic, partition)))
                .collect(Collectors.toMap(Function.identity(), _ -> OffsetSpec.latest()));
        Map<TopicPartition, Long> ends = admin.listOffsets(latest)
                .all()
                .get()
                .entrySet()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, end -> end.getValue().offset()));
        return new FilledTopics(ids, ends);
    }

    @Override
    public boolean goesOnAfter(int partition, int topicIndex, long offset) {
        TopicPartition topic = new TopicPartition(Topics.CHANGES.get(topicIndex), partition);
        return offset < ends.getOrDefault(topic, 0L) - 1;
    }
}
