package ai.pathbound.projector;

import ai.pathbound.projector.freshness.EndOffsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/// End offsets from the brokers; what is passed from the group's commits and the logs' beginnings.
final class GroupOffsets implements EndOffsets {
    private final Admin admin;
    private final String group;

    GroupOffsets(Admin admin, String group) {
        this.admin = admin;
        this.group = group;
    }

    @Override
    public Map<TopicPartition, Long> ends(Collection<TopicPartition> partitions)
            throws ExecutionException, InterruptedException {
        return list(partitions, OffsetSpec.latest());
    }

    @Override
    public Map<TopicPartition, Long> passed(Collection<TopicPartition> partitions)
            throws ExecutionException, InterruptedException {
        Map<TopicPartition, Long> passed = new HashMap<>(list(partitions, OffsetSpec.earliest()));
        admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get()
                .forEach((partition, committed) -> {
                    if (committed != null) {
                        passed.computeIfPresent(
                                partition,
                                (_, earliest) -> Math.max(earliest, committed.offset()));
                    }
                });
        return passed;
    }

    private Map<TopicPartition, Long> list(Collection<TopicPartition> partitions, OffsetSpec which)
            throws ExecutionException, InterruptedException {
        return admin
                .listOffsets(
                        partitions.stream()
                                .collect(Collectors.toMap(Function.identity(), _ -> which)))
                .all()
                .get()
                .entrySet()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> offset(entry.getValue())));
    }

    private static long offset(ListOffsetsResultInfo info) {
        return info.offset();
    }
}
