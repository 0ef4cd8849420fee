package ai.pathbound.projector;

import ai.pathbound.projector.answer.LocalReadModel;
import ai.pathbound.projector.columns.query.QueryCache;
import ai.pathbound.projector.columns.query.QueryEngine;
import ai.pathbound.projector.freshness.FreshnessTracker;
import ai.pathbound.projector.freshness.Truncation;
import ai.pathbound.projector.freshness.VersionWaiters;
import ai.pathbound.projector.query.Freshness;
import ai.pathbound.projector.query.LocalReads;
import ai.pathbound.projector.query.ReadModel;
import ai.pathbound.projector.query.WorkDone;
import ai.pathbound.projector.rocks.PartitionStores;
import ai.pathbound.projector.rocks.RocksResources;
import ai.pathbound.projector.routing.RouteTable;
import ai.pathbound.projector.tables.CopyTables;
import ai.pathbound.projector.tables.PartitionTables;
import ai.pathbound.projector.topology.ProjectionContext;
import ai.pathbound.projector.topology.ProjectionTopology;
import ai.pathbound.projector.topology.RowFormat;
import ai.pathbound.projector.topology.SourceChangedException;
import ai.pathbound.projector.topology.StopReason;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A running projector: follows the change topics, keeps the state, answers questions.
public final class Projector implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Projector.class);
    private static final Duration KAFKA_WITHIN = Duration.ofSeconds(60);
    private static final Duration SAMPLE_EVERY = Duration.ofMillis(200);
    /// Between looks at who has which partition, beside those when an assignment changes.
    private static final Duration ROUTES_EVERY = Duration.ofSeconds(1);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(15);
    /// Pause before a failed stream thread is replaced, so that a lasting fault does not spin.
    private static final Duration REPLACE_AFTER = Duration.ofSeconds(2);

    /// Large scans are split over the cores; the asking thread is one of the workers.
    private static final int SCAN_THREADS = Runtime.getRuntime().availableProcessors();

    private final Admin admin;
    private final TopicOffsets offsets;
    private final Stop stop = new Stop();
    private final ExecutorService fills = Executors.newFixedThreadPool(
            SCAN_THREADS,
            Thread.ofPlatform().name("fill-", 0).daemon().factory());
    private final ExecutorService scans = Executors.newFixedThreadPool(
            SCAN_THREADS,
            Thread.ofPlatform().name("scan-", 0).daemon().factory());
    private final RocksResources resources;
    private final PartitionStores stores;
    private final FreshnessTracker freshness;
    private final KafkaStreams streams;
    private final PartitionTables tables;
    private final QueryCache derived;
    private final LocalReadModel readModel;
    private final RouteTable routes;
    private final RestoreProgress restoring = new RestoreProgress();
    private final TopicWatch topicWatch;
    private final NodeCount nodeCount;
    private final DiskWatch diskWatch;
    private final int partitions;
    private final CountDownLatch assigned = new CountDownLatch(1);

    private Projector(ProjectorSettings settings,
            RowFormat format,
            Clients clients,
            int partitions,
            Changelog changelog) {
        admin = clients.admin();
        offsets = new TopicOffsets(admin, clients.settings());
        this.partitions = partitions;
        String nodeId = NodeId.of(settings.stateDir());
        VersionWaiters waiters = new VersionWaiters();
        resources = new RocksResources(settings.blockCacheBytes());
        stores = new PartitionStores(format.store(), resources, changelog);
        freshness = new FreshnessTracker(offsets, Clock.tickMillis(ZoneOffset.UTC),
                System::nanoTime, waiters, new StoredProgress(stores), this::truncated);
        tables = new PartitionTables(stores, settings.tables(), fills);
        ProjectionContext context = new ProjectionContext(partitions,
                new ChangeTopics(admin), stores, tables, freshness, freshness);
        Properties properties = new Properties();
        properties.putAll(StreamsSettings.of(settings, nodeId));
        streams = new KafkaStreams(ProjectionTopology.build(stores, context.processors()),
                new StreamsConfig(properties));
        streams.setUncaughtExceptionHandler(this::onFailure);
        streams.setGlobalStateRestoreListener(restoring);
        routes = new RouteTable(new StreamsRoutes(streams, partitions)::look, ROUTES_EVERY);
        streams.setStateListener((now, _) -> {
            routes.refresh();
            if (now == State.RUNNING) {
                assigned.countDown();
            }
        });
        QueryEngine engine = QueryEngine.parallel(scans,
                SCAN_THREADS,
                settings.tables().derivedBytesMax())
                .withDistinctBytesMax(settings.distinctBytesMax());
        derived = engine.cache();
        readModel = new LocalReadModel(stores, tables,
                new CopyTables(settings.tables().rowsPerSegment(), fills), engine, partitions,
                freshness,
                waiters, stop::isPulled);
        topicWatch = new TopicWatch(TopicWatch.Look.at(admin, changelog), changelog.topic(),
                changelog::made, this::stop);
        nodeCount = new NodeCount(streams);
        diskWatch = new DiskWatch(DiskWatch.FreeSpace.of(settings.stateDir()),
                settings.following().diskFreeMin(),
                streams::pause, streams::resume);
    }

    private record Clients(Admin admin, Map<String, Object> settings) {}

    /// Starts following the change topics. Waits up to a minute for Kafka; throws
    /// [CannotStartException] when Kafka, its topics or the state folder are not as they must be.
    public static Projector start(ProjectorSettings settings) throws InterruptedException {
        return start(settings, RowFormat.CURRENT);
    }

    /// As [#start(ProjectorSettings)], as if the rows had this format: so that the step from one to the
    /// next can be tried before there is one.
    public static Projector start(ProjectorSettings configured, RowFormat format)
            throws InterruptedException {
        ProjectorSettings settings = configured
                .withApplicationId(format.applicationId(configured.applicationId()));
        Map<String, Object> client = new HashMap<>(settings.kafka());
        client.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
        Admin admin = Admin.create(client);
        try {
            int partitions = ChangeTopics
                    .partitions(admin, settings.bootstrapServers(), KAFKA_WITHIN);
            Changelog changelog = new Changelog(admin, settings, format.store(),
                    Clock.systemUTC());
            changelog.check(partitions, new ChangeTopics(admin).ids());
            new FeedHistory(admin, settings.applicationId(), partitions).check();
            Projector projector = new Projector(settings, format, new Clients(admin, client),
                    partitions, changelog);
            projector.follow();
            return projector;
        } catch (InterruptedException | RuntimeException e) {
            admin.close(Duration.ZERO);
            throw e;
        }
    }

    private void follow() {
        streams.start();
        freshness.start(SAMPLE_EVERY);
        topicWatch.start();
        nodeCount.start();
    }

    private void truncated(Truncation found) {
        stop(
                StopReason.TOPIC_TRUNCATED,
                FeedHistory.message(found.partition(), found.end(), found.applied()));
    }

    /// From a thread that is none of Streams.
    private void stop(StopReason reason, String message) {
        if (stop.pulled(reason, message)) {
            streams.close(CLOSE_WITHIN);
        }
    }

    private StreamThreadExceptionResponse onFailure(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SourceChangedException changed) {
                stop.pulled(changed.reason(), String.valueOf(changed.getMessage()));
                return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
            }
        }
        if (stop.isPulled()) {
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
        log.error("A stream thread failed and is replaced", failure);
        try {
            Thread.sleep(REPLACE_AFTER);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }

    public ReadModel readModel() {
        return readModel;
    }

    /// Heap that column tables take.
    long tablesBytes() {
        return tables.retainedBytes();
    }

    /// What questions derived from the tables and left for others.
    QueryCache derived() {
        return derived;
    }

    /// What answering has taken so far in this process.
    public WorkDone workDone() {
        return readModel.workDone();
    }

    /// What this process can answer by itself.
    public LocalReads localReads() {
        return readModel;
    }

    /// Who has which partition.
    public RouteTable routes() {
        return routes;
    }

    /// How much of what has to be restored here is restored, in percent.
    public int restoredPercent() {
        return restoring.percent();
    }

    /// Whether it has at least one partition of its own.
    public boolean ownsAny() {
        return !freshness.partitions().isEmpty();
    }

    /// Whether every partition assigned here answers: restored, and caught up once with what was in
    /// Kafka when it came here.
    public boolean isReady() {
        return isFollowing() && freshness.partitions()
                .stream()
                .allMatch(partition -> freshness.freshness(partition).isPresent());
    }

    /// Whether it is in the group and takes part: not before its first assignment, and not once it stops
    /// or has stopped.
    public boolean isFollowing() {
        return assigned.getCount() == 0 && !stop.isPulled()
                && streams.state().isRunningOrRebalancing();
    }

    /// Why it has stopped, or is about to, if it has.
    public Optional<StopReason> stopped() {
        return stop.reason();
    }

    /// Whether every partition that is open here, copies of others' included, could answer now.
    public boolean holdsCopies() {
        return stores.partitions()
                .stream()
                .allMatch(
                        partition -> freshness.freshness(partition).isPresent()
                                || freshness.copyFreshness(partition).isPresent());
    }

    /// Whether it has stopped for good, for a reason the log tells.
    public boolean isDead() {
        return streams.state().hasCompletedShutdown();
    }

    /// Its numbers, to be bound to a registry once: those of Kafka Streams, of RocksDB, and how far it is.
    public MeterBinder meters() {
        return new ProjectorMeters(this, streams, freshness, stores, resources, partitions);
    }

    /// Whether changes wait for room on the disk; answers go on and grow older.
    public boolean isPaused() {
        return diskWatch.isPaused();
    }

    /// Records known to be in Kafka and not applied here yet.
    public long recordsBehind() {
        return freshness.recordsBehind();
    }

    /// Whether every change that was in Kafka at this instant is readable here; meant for a node that
    /// has all partitions.
    public boolean holdsAllAsOf(Instant instant) {
        for (int partition = 0; partition < partitions; partition++) {
            boolean held = freshness.freshness(partition)
                    .map(Freshness::asOf)
                    .filter(asOf -> !asOf.isBefore(instant))
                    .isPresent();
            if (!held) {
                return false;
            }
        }
        return true;
    }

    /// How many nodes of this application there are, this one among them. Nodes that do not say where
    /// they are reached (`application.server`) count as one.
    public int liveNodes() {
        return nodeCount.now();
    }

    /// Stops following, waits for running reads and closes the state.
    @Override
    public void close() {
        diskWatch.close();
        topicWatch.close();
        routes.close();
        nodeCount.close();
        if (!streams.close(CLOSE_WITHIN)) {
            log.warn("Stream threads did not stop within {}", CLOSE_WITHIN);
            return;
        }
        fills.shutdownNow();
        scans.shutdownNow();
        freshness.close();
        offsets.close();
        admin.close(CLOSE_WITHIN);
        resources.close();
    }
}
