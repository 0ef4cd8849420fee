package ai.pathbound.bench.projection;

import ai.pathbound.projector.rocks.PartitionStores;
import ai.pathbound.projector.rocks.RocksResources;
import ai.pathbound.projector.tables.PartitionTables;
import ai.pathbound.projector.tables.TablesLimits;
import ai.pathbound.projector.topology.ProjectionContext;
import ai.pathbound.projector.topology.ProjectionListener;
import ai.pathbound.projector.topology.ProjectionTopology;
import ai.pathbound.schemas.topics.ChangeKey;
import ai.pathbound.schemas.topics.TenantPartitioner;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.streams.Topology;

/// Our topology as a node runs it, with or without column tables that are already being kept up.
final class WholeProjection implements AutoCloseable {
    static final long BLOCK_CACHE_BYTES = 256L << 20;

    private final RocksResources resources = new RocksResources(BLOCK_CACHE_BYTES);
    private final PartitionStores stores = new PartitionStores(ProjectionTopology.STORE, resources);
    private final PartitionTables tables = new PartitionTables(stores,
            TablesLimits.ofMemory(0), Runnable::run);
    private final Topology topology;

    /// @param topics tell where they end, as a node finds out five times a second
    WholeProjection(FilledTopics topics, Arrivals arrivals, boolean withTables) {
        ProjectionContext context = new ProjectionContext(Records.PARTITIONS, topics::ids, stores,
                tables, topics, new Listener(arrivals, withTables));
        topology = ProjectionTopology.build(stores, context.processors());
    }

    Topology topology() {
        return topology;
    }

    @Override
    public void close() {
        resources.close();
    }

    private final class Listener implements ProjectionListener {
        private final Arrivals arrivals;
        private final boolean withTables;

        private Listener(Arrivals arrivals, boolean withTables) {
            this.arrivals = arrivals;
            this.withTables = withTables;
        }

        /// A tenant's tables exist once somebody asked for them.
        @Override
        public void started(int partition, List<Long> applied) {
            for (String tenant : withTables ? Records.TENANTS : List.<String>of()) {
                if (TenantPartitioner.partition(tenant, Records.PARTITIONS) == partition
                        && tables.view(partition, tenant, Duration.ZERO).isEmpty()) {
                    throw new IllegalStateException("no tables in partition " + partition);
                }
            }
        }

        @Override
        public void applied(int partition, int topicIndex, long offset) {
            arrivals.one();
        }

        @Override
        public void visible(ChangeKey key, long version) {
            // Nobody waits.
        }

        @Override
        public void stopped(int partition) {
            // The run ends as a whole.
        }
    }
}
