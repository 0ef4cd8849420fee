package ai.pathbound.mcp;

import ai.pathbound.projector.ProjectorSettings;
import ai.pathbound.projector.tables.TablesLimits;
import java.nio.file.Path;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// The projector's settings as they stand in the configuration file.
///
/// @param blockCache RocksDB block cache of all partitions together, without memtables
/// @param tablesMemory heap the column tables of all tenants may take together; 0 for half of it
/// @param kafka further Kafka client settings, passed through as they are
@ConfigurationProperties("pathbound.projector")
public record ProjectorProperties(String bootstrapServers,
        String applicationId,
        Path stateDir,
        int streamThreads,
        DataSize blockCache,
        DataSize tablesMemory,
        @DefaultValue Map<String, String> kafka) {
    /// The checked form the projector takes; throws [IllegalArgumentException] naming a bad value.
    public ProjectorSettings settings() {
        return new ProjectorSettings(
                bootstrapServers,
                applicationId,
                stateDir,
                streamThreads,
                blockCache.toBytes(),
                TablesLimits.ofMemory(tablesMemory.toBytes()),
                kafka);
    }
}
