package ai.pathbound.projector.topology;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pathbound.projector.rocks.PartitionStores;
import ai.pathbound.projector.rocks.RocksResources;
import ai.pathbound.projector.tables.PartitionTables;
import ai.pathbound.projector.tables.TablesLimits;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// Names of the topology are a contract with state on disk and with the changelog topic.
class ProjectionTopologyTest {
    @Test
    void description_isTheOneThatStateOnDiskWasMadeWith() throws IOException {
        try (RocksResources resources = new RocksResources(16 << 20);
                InputStream golden = getClass().getResourceAsStream("topology.txt")) {
            PartitionStores stores = new PartitionStores(ProjectionTopology.STORE, resources);
            ProjectionContext context = new ProjectionContext(1, Map::of, stores,
                    new PartitionTables(stores, new TablesLimits(16, 1000, 0), Runnable::run),
                    (_, _, _) -> false, new Silence());
            String described = ProjectionTopology.build(stores, context.processors())
                    .describe()
                    .toString();
            assertThat(described).isEqualTo(
                    new String(Objects.requireNonNull(golden).readAllBytes(),
                            StandardCharsets.UTF_8));
        }
    }
}
