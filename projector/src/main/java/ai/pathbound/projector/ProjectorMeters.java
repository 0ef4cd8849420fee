package ai.pathbound.projector;

import ai.pathbound.projector.columns.query.QueryCache;
import ai.pathbound.projector.freshness.FreshnessTracker;
import ai.pathbound.projector.query.Freshness;
import ai.pathbound.projector.query.WorkDone;
import ai.pathbound.projector.rocks.PartitionStores;
import ai.pathbound.projector.rocks.RocksResources;
import ai.pathbound.projector.topology.StopReason;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.apache.kafka.streams.KafkaStreams;

/// The numbers of a projector. Those of a partition that is not here are not a number.
final class ProjectorMeters implements MeterBinder, AutoCloseable {
    private static final double MILLIS_PER_SECOND = 1_000;
    /// Name of ours, name of RocksDB's, and what it is.
    private static final Map<String, String> ROCKS = Map.of(
            "pathbound.rocksdb.memtable.bytes",
            "rocksdb.cur-size-all-mem-tables",
            "pathbound.rocksdb.sst.bytes",
            "rocksdb.live-sst-files-size",
            "pathbound.rocksdb.pending.compaction.bytes",
            "rocksdb.estimate-pending-compaction-bytes",
            "pathbound.rocksdb.pinned.bytes",
            "rocksdb.block-cache-pinned-usage",
            "pathbound.rocksdb.keys",
            "rocksdb.estimate-num-keys");
    private static final Map<String, ToLongFunction<WorkDone>> WORK = Map.of(
            "pathbound.read.gets",
            WorkDone::gets,
            "pathbound.read.scans",
            WorkDone::scans,
            "pathbound.read.visited.rows",
            WorkDone::visited,
            "pathbound.read.table.parts",
            WorkDone::parts,
            "pathbound.read.table.rows",
            WorkDone::scanned);

    private final Projector projector;
    private final KafkaStreamsMetrics streams;
    private final FreshnessTracker freshness;
    private final PartitionStores stores;
    private final RocksResources resources;
    private final int partitions;

    ProjectorMeters(Projector projector,
            KafkaStreams streams,
            FreshnessTracker freshness,
            PartitionStores stores,
            RocksResources resources,
            int partitions) {
        this.projector = projector;
        this.streams = new KafkaStreamsMetrics(streams);
        this.freshness = freshness;
        this.stores = stores;
        this.resources = resources;
        this.partitions = partitions;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        streams.bindTo(registry);
        gauge(
                registry,
                "pathbound.ready",
                "1 when every partition of this node answers",
                () -> projector.isReady() ? 1 : 0);
        gauge(
                registry,
                "pathbound.dead",
                "1 when the projector has stopped for good",
                () -> projector.isDead() ? 1 : 0);
        for (StopReason reason : StopReason.values()) {
            Gauge.builder(
                    "pathbound.stopped",
                    () -> projector.stopped().filter(reason::equals).isPresent() ? 1 : 0)
                    .description("1 when it has stopped for this reason and needs its operator")
                    .tag("reason", reason.word())
                    .strongReference(true)
                    .register(registry);
        }
        gauge(
                registry,
                "pathbound.disk.paused",
                "1 while changes wait for room on the disk",
                () -> projector.isPaused() ? 1 : 0);
        gauge(
                registry,
                "pathbound.restored.percent",
                "How much of what has to be restored is restored",
                projector::restoredPercent);
        gauge(
                registry,
                "pathbound.records.behind",
                "Records in Kafka that are not applied yet",
                projector::recordsBehind);
        gauge(
                registry,
                "pathbound.rocksdb.block.cache.bytes",
                "Bytes in the block cache of all partitions",
                resources::blockCacheUsage);
        gauge(
                registry,
                "pathbound.tables.bytes",
                "Heap that the column tables of all tenants take",
                projector::tablesBytes);
        gauge(
                registry,
                "pathbound.derived.max.bytes",
                "Heap that may be taken by what questions derive from column tables",
                projector.derived()::bytesMax);
        for (QueryCache.Area area : QueryCache.Area.values()) {
            Gauge.builder("pathbound.derived.bytes", () -> projector.derived().bytes(area))
                    .description("Heap taken by what questions derived from column tables")
                    .tag("area", area.name().toLowerCase(Locale.ROOT))
                    .strongReference(true)
                    .register(registry);
        }
        WORK.forEach(
                (name, count) -> FunctionCounter
                        .builder(name, projector, one -> count.applyAsLong(one.workDone()))
                        .register(registry));
        for (int partition = 0; partition < partitions; partition++) {
            bind(registry, partition);
        }
    }

    private static void gauge(MeterRegistry registry,
            String name,
            String description,
            Supplier<Number> value) {
        Gauge.builder(name, value)
                .description(description)
                .strongReference(true)
                .register(registry);
    }

    private void bind(MeterRegistry registry, int partition) {
        Gauge.builder("pathbound.freshness.lag.seconds", () -> lagSeconds(partition))
                .description("Age of the newest instant up to which answers hold every change")
                .tag("partition", String.valueOf(partition))
                .strongReference(true)
                .register(registry);
        ROCKS.forEach(
                (name, property) -> Gauge.builder(name, () -> measure(partition, property))
                        .tag("partition", String.valueOf(partition))
                        .strongReference(true)
                        .register(registry));
    }

    private double lagSeconds(int partition) {
        return freshness.freshness(partition)
                .map(Freshness::lagMillis)
                .map(millis -> millis / MILLIS_PER_SECOND)
                .orElse(Double.NaN);
    }

    private double measure(int partition, String property) {
        return stores.of(partition)
                .map(store -> store.measure(property))
                .filter(value -> value.isPresent())
                .map(value -> (double) value.getAsLong())
                .orElse(Double.NaN);
    }

    @Override
    public void close() {
        streams.close();
    }
}
