package ai.pathbound.projector.rocks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a store holds when it is opened again: after its end, and after a kill, which is a copy of its
/// files while it is open.
final class PartitionStoreTest {
    private static final TopicPartition CHANGELOG = new TopicPartition("changelog", 0);
    private static final String ONCE = StreamsConfig.EXACTLY_ONCE_V2;
    private static final String LEAST = StreamsConfig.AT_LEAST_ONCE;
    private static final String FILES = "rocksdb.total-sst-files-size";
    private static final int MIB = 1 << 20;

    private final Path folder;
    private final RocksResources resources = new RocksResources(8 * MIB);
    private final Random random = new Random(5);

    PartitionStoreTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @AfterEach
    void close() {
        resources.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {StreamsConfig.AT_LEAST_ONCE, StreamsConfig.EXACTLY_ONCE_V2})
    void closedAfterACommit_hasAllRowsAndTheOffset(String guarantee) {
        PartitionStore store = open("node", guarantee);
        put(store, "a", "1");
        store.commit(Map.of(CHANGELOG, 10L));
        put(store, "b", "2");
        store.commit(Map.of(CHANGELOG, 11L));
        store.close();
        PartitionStore again = open("node", guarantee);
        assertThat(again.committedOffset(CHANGELOG)).isEqualTo(11);
        assertThat(text(again, "a")).isEqualTo("1");
        assertThat(text(again, "b")).isEqualTo("2");
        again.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {StreamsConfig.AT_LEAST_ONCE, StreamsConfig.EXACTLY_ONCE_V2})
    void closedWithoutACommit_isAsBefore(String guarantee) {
        closedAfterACommit("node", guarantee);
        PartitionStore store = open("node", guarantee);
        put(store, "a", "2");
        store.close();
        PartitionStore again = open("node", guarantee);
        assertThat(again.committedOffset(CHANGELOG)).isEqualTo(10);
        assertThat(text(again, "a")).isEqualTo("1");
        again.close();
    }

    @Test
    void killedInATransaction_beforeAnythingReachedTheDisk_isAsItWasOpened() throws IOException {
        closedAfterACommit("node", ONCE);
        PartitionStore store = open("node", ONCE);
        put(store, "a", "2");
        PartitionStore killed = killed(ONCE);
        assertThat(killed.committedOffset(CHANGELOG)).isEqualTo(10);
        assertThat(text(killed, "a")).isEqualTo("1");
        killed.close();
        store.close();
    }

    @Test
    void killedInATransaction_onceRowsReachedTheDisk_hasNoOffset() throws IOException {
        PartitionStore store = largeTransaction();
        PartitionStore killed = killed(ONCE);
        assertThat(killed.committedOffset(CHANGELOG)).isNull();
        assertThat(text(killed, "a")).isEqualTo("2");
        killed.close();
        store.close();
    }

    @Test
    void killedInATransaction_isMadeAnew_whereThereAreNoneAnyMore() throws IOException {
        PartitionStore store = largeTransaction();
        PartitionStore killed = killed(LEAST);
        assertThat(killed.committedOffset(CHANGELOG)).isNull();
        assertThat(killed.get(key("a"))).isNull();
        killed.close();
        store.close();
    }

    @Test
    void commitsAreAskedFor_onlyWhereTheyReachTheStore() {
        PartitionStore least = open("least", LEAST);
        PartitionStore once = open("once", ONCE);
        for (PartitionStore store : List.of(least, once)) {
            for (int i = 0; i < 40; i++) {
                assertThat(store.needsCommit()).isEqualTo(store == least && i >= 32);
                store.put(key("large " + i), noise(MIB));
            }
        }
        least.commit(Map.of(CHANGELOG, 40L));
        assertThat(least.needsCommit()).isFalse();
        least.close();
        once.close();
    }

    /// A few flushes stay as they are, and are merged once the store is no longer written in bulk.
    @Test
    void inBulk_filesAreMergedLater() throws IOException {
        PartitionStore store = open("node", LEAST);
        store.bulk(true);
        for (int flush = 1; flush <= 6; flush++) {
            for (int i = 0; i < 17; i++) {
                store.put(key("large " + i), noise(MIB));
            }
            store.commit(Map.of(CHANGELOG, (long) flush));
            long files = flush;
            Awaitility.await().until(() -> tables("node") == files);
        }
        store.bulk(false);
        Awaitility.await().until(() -> tables("node") < 4);
        assertThat(store.committedOffset(CHANGELOG)).isEqualTo(6);
        store.close();
    }

    private long tables(String node) throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve(node))) {
            return files.filter(file -> file.toString().endsWith(".sst")).count();
        }
    }

    @Test
    void beforeACommit_whatIsHeldBackIsAskedFor_untilNobodyHoldsAny() {
        PartitionStore store = open("node", LEAST);
        store.flushCache();
        store.beforeCommit(() -> put(store, "held back", "1"));
        store.flushCache();
        assertThat(text(store, "held back")).isEqualTo("1");
        store.beforeCommit(null);
        put(store, "held back", "2");
        store.flushCache();
        assertThat(text(store, "held back")).isEqualTo("2");
        store.close();
    }

    /// Open, and with rows on disk that no commit has told of.
    private PartitionStore largeTransaction() {
        closedAfterACommit("node", ONCE);
        PartitionStore store = open("node", ONCE);
        put(store, "a", "2");
        for (int i = 0; i < 20; i++) {
            store.put(key("large " + i), noise(MIB));
        }
        Awaitility.await()
                .until(() -> store.measure(FILES).orElseThrow() > 16 * MIB);
        return store;
    }

    private void closedAfterACommit(String node, String guarantee) {
        PartitionStore store = open(node, guarantee);
        put(store, "a", "1");
        store.commit(Map.of(CHANGELOG, 10L));
        store.close();
    }

    private PartitionStore killed(String guarantee) throws IOException {
        Path from = folder.resolve("node");
        Path to = folder.resolve("killed");
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.copy(file, to.resolve(from.relativize(file)));
            }
        }
        return open("killed", guarantee);
    }

    private PartitionStore open(String node, String guarantee) {
        Properties settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "nowhere:1");
        settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, guarantee);
        var context = new MockProcessorContext<Void, Void>(settings, new TaskId(0, 0),
                folder.resolve(node).toFile());
        var stores = new PartitionStores("store", resources);
        PartitionStore store = new PartitionStore("store", resources, stores);
        store.init(context.getStateStoreContext(), store);
        return store;
    }

    private static void put(PartitionStore store, String key, String value) {
        store.putAll(List.of(KeyValue.pair(key(key), value.getBytes(UTF_8))));
    }

    private static Bytes key(String text) {
        return Bytes.wrap(text.getBytes(UTF_8));
    }

    private static @Nullable String text(PartitionStore store, String key) {
        byte[] value = store.get(key(key));
        return value == null ? null : new String(value, UTF_8);
    }

    private byte[] noise(int bytes) {
        byte[] noise = new byte[bytes];
        random.nextBytes(noise);
        return noise;
    }
}
