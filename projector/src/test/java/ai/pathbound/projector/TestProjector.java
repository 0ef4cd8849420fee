package ai.pathbound.projector;

import ai.pathbound.projector.answer.LocalReadModel;
import ai.pathbound.projector.columns.query.QueryEngine;
import ai.pathbound.projector.freshness.EndOffsets;
import ai.pathbound.projector.freshness.FreshnessTracker;
import ai.pathbound.projector.freshness.VersionWaiters;
import ai.pathbound.projector.query.Answer;
import ai.pathbound.projector.query.Freshness;
import ai.pathbound.projector.query.Question;
import ai.pathbound.projector.query.ReadModel;
import ai.pathbound.projector.query.WorkDone;
import ai.pathbound.projector.rocks.PartitionStores;
import ai.pathbound.projector.rocks.RocksResources;
import ai.pathbound.projector.state.Document;
import ai.pathbound.projector.state.Keys;
import ai.pathbound.projector.state.Progress;
import ai.pathbound.projector.tables.CopyTables;
import ai.pathbound.projector.tables.PartitionTables;
import ai.pathbound.projector.tables.TablesLimits;
import ai.pathbound.projector.tables.TenantView;
import ai.pathbound.projector.topology.Backlog;
import ai.pathbound.projector.topology.ProjectionContext;
import ai.pathbound.projector.topology.ProjectionTopology;
import ai.pathbound.schemas.topics.ChangeKey;
import ai.pathbound.schemas.topics.EntityKind;
import ai.pathbound.schemas.topics.Topics;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.BytesDeserializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The whole projector without brokers: real topology, real RocksDB, one partition.
public final class TestProjector implements AutoCloseable {
    private static final JsonMapper MAPPER = new JsonMapper();
    /// A few, so that sealing happens all the time.
    private static final int ROWS_PER_SEGMENT = 16;
    /// Little, so that a checkpoint takes several runs.
    private static final long CHECKPOINT_BYTES = 4000;
    /// Little, so that what questions leave is evicted all the time.
    private static final long DERIVED_BYTES = 64 << 10;
    private static final TablesLimits SMALL = new TablesLimits(ROWS_PER_SEGMENT, CHECKPOINT_BYTES,
            Long.MAX_VALUE);

    private final RocksResources resources = new RocksResources(16 << 20);
    private final PartitionStores stores = new PartitionStores(ProjectionTopology.STORE, resources);
    private final PartitionTables tables;
    private final VersionWaiters waiters = new VersionWaiters();
    private final StandingTopics ends = new StandingTopics();
    private final FreshnessTracker freshness = new FreshnessTracker(ends,
            Clock.systemUTC(), Duration.ofMillis(10), waiters);
    private final LocalReadModel readModel;
    private final TopologyTestDriver driver;
    private final Map<String, TestInputTopic<byte[], byte[]>> topics;

    private static QueryEngine forgettingEngine() {
        return QueryEngine.parallel(Runnable::run, 2, DERIVED_BYTES);
    }

    public TestProjector(Path stateDir) {
        this(stateDir, 1);
    }

    /// As if topics had this many partitions and this were the first.
    public TestProjector(Path stateDir, int partitions) {
        this(stateDir, partitions, forgettingEngine(), SMALL);
    }

    /// With segments of so many rows, stored in pieces of so many bytes.
    public TestProjector(Path stateDir, int rowsPerSegment, long checkpointBytes) {
        this(stateDir, 1, forgettingEngine(),
                new TablesLimits(rowsPerSegment, checkpointBytes, Long.MAX_VALUE));
    }

    /// With room for the tables of one tenant only, the one asked about last.
    static TestProjector forgetful(Path stateDir) {
        return new TestProjector(stateDir, 1, forgettingEngine(),
                new TablesLimits(ROWS_PER_SEGMENT, CHECKPOINT_BYTES, 0));
    }

    /// With an engine that remembers answers, as in production, and the tables of
    /// [GeneratedHistory#TENANT] loaded while they are empty: all they ever hold was kept up.
    static TestProjector loadedEarly(Path stateDir) {
        TestProjector projector = new TestProjector(stateDir, 1,
                QueryEngine.parallel(Runnable::run, 2, 1 << 20), SMALL);
        projector.ask(GeneratedHistory.TENANT, new Question.EventTypes());
        return projector;
    }

    /// With segments of so many rows, and an engine that remembers answers, on the asker's thread.
    static TestProjector remembering(Path stateDir, int rowsPerSegment) {
        return new TestProjector(stateDir, 1, QueryEngine.parallel(Runnable::run, 1, 64 << 20),
                new TablesLimits(rowsPerSegment, 1 << 20, Long.MAX_VALUE));
    }

    /// With tables that are filled by other threads than those that ask.
    static TestProjector filledBy(Path stateDir, Executor filler) {
        return new TestProjector(stateDir, 1, forgettingEngine(), SMALL, filler, WRITING_ALWAYS);
    }

    /// That is behind, and writes changes when it has some or when time has passed.
    ///
    /// @param random says how many
    static TestProjector behind(Path stateDir, Random random) {
        return new TestProjector(stateDir, 1, forgettingEngine(), SMALL, Runnable::run,
                new Writing((_, _, _) -> random.nextInt(8) > 0, TestProjector::committing));
    }

    /// That starts with a store of these rows, as a crash left it, and applies so many changes as one.
    /// Offsets of what it is sent begin at 0 again, so sending the same records continues after the
    /// progress in the rows.
    static TestProjector continuing(Path stateDir,
            List<KeyValue<Bytes, byte[]>> rows,
            Backlog backlog) {
        return new TestProjector(stateDir, 1, QueryEngine.simple(), SMALL, Runnable::run,
                new Writing(backlog, stores -> committing(stores, rows)), rows);
    }

    /// When changes are written.
    ///
    /// @param backlog tells of more records or not
    /// @param stores makes the stores Streams sees
    private record Writing(Backlog backlog,
            UnaryOperator<KeyValueBytesStoreSupplier> stores) {}

    /// The driver commits after every record. More are always said to follow, so what is not written
    /// before a commit would never be.
    private static final Writing WRITING_ALWAYS = new Writing((_, _, _) -> true,
            UnaryOperator.identity());

    /// Stores that cannot be asked to write before the driver's commits.
    private static KeyValueBytesStoreSupplier committing(KeyValueBytesStoreSupplier stores) {
        return committing(stores, List.of());
    }

    /// @param rows what the store holds from the start
    private static KeyValueBytesStoreSupplier committing(KeyValueBytesStoreSupplier stores,
            List<KeyValue<Bytes, byte[]>> rows) {
        return new KeyValueBytesStoreSupplier() {
            @Override
            public String name() {
                return stores.name();
            }

            @Override
            public KeyValueStore<Bytes, byte[]> get() {
                KeyValueStore<Bytes, byte[]> store = stores.get();
                @SuppressWarnings("unchecked")
                KeyValueStore<Bytes, byte[]> plain = (KeyValueStore<Bytes, byte[]>) Proxy
                        .newProxyInstance(
                                TestProjector.class.getClassLoader(),
                                new Class<?>[]{KeyValueStore.class},
                                (_, method, arguments) -> {
                                    Object result = method.invoke(store, arguments);
                                    if (method.getName().equals("init")) {
                                        rows.forEach(row -> store.put(row.key, row.value));
                                    }
                                    return result;
                                });
                return plain;
            }

            @Override
            public String metricsScope() {
                return stores.metricsScope();
            }
        };
    }

    private TestProjector(Path stateDir,
            int partitions,
            QueryEngine engine,
            TablesLimits limits) {
        this(stateDir, partitions, engine, limits, Runnable::run, WRITING_ALWAYS);
    }

    private TestProjector(Path stateDir,
            int partitions,
            QueryEngine engine,
            TablesLimits limits,
            Executor filler,
            Writing writing) {
        this(stateDir, partitions, engine, limits, filler, writing, List.of());
    }

    private TestProjector(Path stateDir,
            int partitions,
            QueryEngine engine,
            TablesLimits limits,
            Executor filler,
            Writing writing,
            List<KeyValue<Bytes, byte[]>> rows) {
        ends.standAt(rows);
        tables = new PartitionTables(stores, limits, filler);
        readModel = new LocalReadModel(stores, tables,
                new CopyTables(limits.rowsPerSegment(), Runnable::run), engine, 1, freshness,
                waiters);
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:1");
        properties.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
        ProjectionContext context = new ProjectionContext(partitions,
                () -> Topics.CHANGES.stream()
                        .collect(Collectors.toMap(Function.identity(), _ -> Uuid.ONE_UUID)),
                stores, tables, writing.backlog(), freshness);
        driver = new TopologyTestDriver(
                ProjectionTopology.build(writing.stores().apply(stores), context.processors()),
                properties);
        topics = Topics.CHANGES.stream()
                .collect(
                        Collectors.toMap(
                                Function.identity(),
                                topic -> driver.createInputTopic(
                                        topic,
                                        new ByteArraySerializer(),
                                        new ByteArraySerializer())));
        Awaitility.await().until(() -> freshness.freshness(0).isPresent());
    }

    /// Sends one record to the topic its key belongs on.
    public void send(ChangeKey key, byte @Nullable [] value) {
        send(key.kind().topic(), key.toBytes(), value);
    }

    public void send(String topic, byte @Nullable [] key, byte @Nullable [] value) {
        Objects.requireNonNull(topics.get(topic)).pipeInput(key, value);
    }

    /// Dead letters not yet read.
    public List<byte[]> deadLetters() {
        TestOutputTopic<byte[], byte[]> letters = driver.createOutputTopic(
                Topics.DEAD_LETTERS,
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        return letters.readValuesToList();
    }

    /// The tables as a process has them that starts with this store.
    public void restartTables() {
        tables.stopped(0);
        tables.started(0, store());
    }

    public TenantView view(String tenant) {
        return tables.view(0, tenant, Duration.ofSeconds(1)).orElseThrow();
    }

    /// The tenant's tables as a standby makes them, from these.
    TenantView copy(CopyTables copies, String tenant) {
        Freshness now = freshness.freshness(0).orElseThrow();
        return copies
                .view(
                        0,
                        tenant,
                        stores.of(0).orElseThrow(),
                        () -> Optional.of(now),
                        Duration.ofMinutes(1),
                        Duration.ofSeconds(30))
                .orElseThrow()
                .view();
    }

    public KeyValueStore<Bytes, byte[]> store() {
        return driver.getKeyValueStore(ProjectionTopology.STORE);
    }

    /// Rows sent to the changelog and not yet read, in their order.
    public List<KeyValue<Bytes, byte[]>> changelog() {
        return driver
                .createOutputTopic(
                        "test-" + ProjectionTopology.STORE + "-changelog",
                        new BytesDeserializer(),
                        new ByteArrayDeserializer())
                .readKeyValuesToList();
    }

    public void advance(Duration time) {
        driver.advanceWallClockTime(time);
    }

    public ReadModel readModel() {
        return readModel;
    }

    /// What answering has taken so far.
    WorkDone workDone() {
        return readModel.workDone();
    }

    public Answer ask(String tenant, Question question) {
        return readModel.ask(tenant, question);
    }

    /// The answer's JSON, or a missing node where there is nothing.
    public JsonNode json(String tenant, Question question) {
        return ask(tenant, question) instanceof Answer.Found found
                ? MAPPER.readTree(found.json().utf8())
                : MAPPER.missingNode();
    }

    /// Entities of a kind whose content is stored.
    public long stored(String tenant, EntityKind kind) {
        AtomicLong live = new AtomicLong();
        stores.of(0).orElseThrow().read(snapshot -> {
            snapshot.scan(Keys.documents(tenant, kind), (_, row) -> {
                if (!Objects.requireNonNull(Document.of(row)).isDeleted()) {
                    live.incrementAndGet();
                }
                return true;
            });
            return live;
        });
        return live.get();
    }

    @Override
    public void close() {
        driver.close();
        freshness.close();
        resources.close();
    }

    /// Topics that end where the projector starts.
    private static final class StandingTopics implements EndOffsets {
        private final Map<String, Long> ends = new ConcurrentHashMap<>();

        void standAt(List<KeyValue<Bytes, byte[]>> rows) {
            for (int topic = 0; topic < Topics.CHANGES.size(); topic++) {
                Bytes key = Bytes.wrap(Keys.progress(topic));
                String name = Topics.CHANGES.get(topic);
                rows.stream()
                        .filter(row -> row.key.equals(key))
                        .map(row -> Objects.requireNonNull(Progress.of(row.value)).offset() + 1)
                        .reduce((_, last) -> last)
                        .ifPresent(end -> ends.put(name, end));
            }
        }

        @Override
        public Map<TopicPartition, Long> ends(Collection<TopicPartition> partitions) {
            return partitions.stream()
                    .collect(
                            Collectors.toMap(
                                    Function.identity(),
                                    partition -> ends.getOrDefault(partition.topic(), 0L)));
        }

        @Override
        public Map<TopicPartition, Long> firstRecords(Map<TopicPartition, Long> from) {
            return from;
        }
    }
}
