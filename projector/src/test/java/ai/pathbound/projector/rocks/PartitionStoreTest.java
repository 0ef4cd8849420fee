package ai.pathbound.projector.rocks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.ProcessorStateException;
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

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void storeThatWasAway_isGoneOnFrom_onlyIfItsChangelogHoldsAllSince(boolean holds) {
        var changelog = new TopicPartition("test-store-changelog", 0);
        PartitionStore store = open("node", LEAST);
        put(store, "a", "1");
        store.commit(Map.of(changelog, 10L));
        store.close();
        List<String> asked = new ArrayList<>();
        PartitionStore again = open("node", LEAST, (partition, offset) -> {
            asked.add(partition + " " + offset);
            return holds;
        });
        assertThat(asked).containsExactly(changelog + " 10");
        assertThat(text(again, "a")).isEqualTo(holds ? "1" : null);
        assertThat(again.committedOffset(changelog)).isEqualTo(holds ? 10L : null);
        again.close();
        // Nothing but an offset is in it: it cannot hold what was deleted.
        PartitionStore empty = open("empty", LEAST);
        empty.commit(Map.of(changelog, 3L));
        empty.close();
        open("empty", LEAST, (_, _) -> {
            throw new AssertionError("asked about nothing");
        }).close();
    }

    @Test
    void readOfAnEarlierOpening_isRefused() {
        PartitionStore store = open("node", LEAST);
        Object before = store.opening();
        assertThat(store.read(before, _ -> "read")).contains("read");
        store.close();
        assertThat(store.read(before, _ -> "read")).isEmpty();
        store.init(context(LEAST, "node").getStateStoreContext(), store);
        assertThat(store.read(before, _ -> "read")).isEmpty();
        assertThat(store.read(store.opening(), _ -> "read")).contains("read");
        store.close();
    }

    @Test
    void rowsThatCannotBeRead_areNotTheEndOfTheRows() throws IOException {
        PartitionStore store = open("node", LEAST);
        for (int i = 0; i < 40; i++) {
            store.put(key("row " + i), noise(MIB / 4));
        }
        store.commit(Map.of(CHANGELOG, 40L));
        store.close();
        damage(folder.resolve("node").resolve("rocksdb").resolve("store"));
        PartitionStore damaged = open("node", LEAST);
        assertThatThrownBy(() -> {
            try (var rows = damaged.all()) {
                while (rows.hasNext()) {
                    rows.next();
                }
            }
        }).isInstanceOf(ProcessorStateException.class).hasMessageContaining("cannot scan rows");
        damaged.close();
    }

    /// Noise in the middle of the largest table file.
    private static void damage(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            Path largest = files.filter(file -> file.toString().endsWith(".sst"))
                    .max(Comparator.comparingLong(file -> file.toFile().length()))
                    .orElseThrow();
            try (var file = new RandomAccessFile(largest.toFile(), "rw")) {
                file.seek(file.length() / 2);
                file.write(new byte[4096]);
            }
        }
    }

    private PartitionStore open(String node, String guarantee) {
        return open(node, guarantee, ChangelogReach.always());
    }

    private PartitionStore open(String node, String guarantee, ChangelogReach reach) {
        var stores = new PartitionStores("store", resources, reach);
        PartitionStore store = new PartitionStore("store", resources, stores);
        store.init(context(guarantee, node).getStateStoreContext(), store);
        return store;
    }

    private MockProcessorContext<Void, Void> context(String guarantee, String node) {
        Properties settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "nowhere:1");
        settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, guarantee);
        return new MockProcessorContext<>(settings, new TaskId(0, 0),
                folder.resolve(node).toFile());
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
