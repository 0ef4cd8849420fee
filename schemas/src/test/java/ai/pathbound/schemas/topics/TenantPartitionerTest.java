package ai.pathbound.schemas.topics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TenantPartitionerTest {
    private static final Node NODE = new Node(1, "localhost", 9092);

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 7, 64})
    void everyChangeOfATenant_goesToItsOnePartition(int partitions) {
        for (int t = 0; t < 50; t++) {
            String tenant = "tenant-" + t;
            assertThat(Arrays.stream(EntityKind.values())
                    .flatMap(
                            kind -> IntStream.range(0, 20)
                                    .mapToObj(
                                            i -> placed(
                                                    new ChangeKey(tenant, kind, "id" + i),
                                                    partitions))))
                    .containsOnly(TenantPartitioner.partition(tenant, partitions));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"acme", "globex", "a", "Tenant_1.x-9"})
    void aTenantLies_whereKafkaWouldPutItAsAKey(String tenant) {
        for (int partitions = 1; partitions < 40; partitions++) {
            assertThat(TenantPartitioner.partition(tenant, partitions))
                    .isEqualTo(BuiltInPartitioner.partitionForKey(tenant.getBytes(UTF_8),
                            partitions));
        }
    }

    @Test
    void aRecordPutElsewhere_isRecognisedByItsKeyAlone() {
        // Kafka's own choice by the whole key scatters a tenant; its key tells where it belongs.
        int partitions = 4;
        int home = TenantPartitioner.partition("acme", partitions);
        byte[] stray = IntStream.range(0, 100)
                .mapToObj(i -> new ChangeKey("acme", EntityKind.EVENT, "evt_" + i).toBytes())
                .filter(key -> BuiltInPartitioner.partitionForKey(key, partitions) != home)
                .findFirst()
                .orElseThrow();
        assertThat(TenantPartitioner.partition(ChangeKey.parse(stray).tenant(), partitions))
                .isEqualTo(home);
    }

    @Test
    void aRecordWithoutKey_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(
                () -> new TenantPartitioner()
                        .partition(Topics.EVENT_CHANGES, null, null, null, null, cluster(1)))
                .withMessageContaining(Topics.EVENT_CHANGES);
    }

    private static int placed(ChangeKey key, int partitions) {
        try (var partitioner = new TenantPartitioner()) {
            return partitioner.partition(
                    key.kind().topic(),
                    null,
                    key.toBytes(),
                    null,
                    null,
                    cluster(partitions));
        }
    }

    private static Cluster cluster(int partitions) {
        List<PartitionInfo> infos = Topics.CHANGES.stream()
                .flatMap(
                        topic -> IntStream.range(0, partitions)
                                .mapToObj(
                                        p -> new PartitionInfo(topic, p, NODE, new Node[]{NODE},
                                                new Node[]{NODE})))
                .toList();
        return new Cluster("test", List.of(NODE), infos, Set.of(), Set.of());
    }
}
