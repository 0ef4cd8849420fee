package ai.pathbound.mcp;

import ai.pathbound.projector.ClusterSettings;
import ai.pathbound.projector.FollowSettings;
import ai.pathbound.projector.ProjectorSettings;
import ai.pathbound.projector.routing.NodeAddress;
import ai.pathbound.projector.tables.TablesLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// The projector's settings as they stand in the configuration file.
///
/// @param blockCache RocksDB block cache of all partitions together, without memtables
/// @param tablesMemory heap the column tables of all tenants may take together; 0 for half of it
/// @param distinctMax memory for the distinct values of one metric of one question, on each thread
/// @param diskFreeMin free space on the state folder's disk below which no changes are applied; 0 never
///     looks
/// @param awayAtMost how long a node may be away and still go on from its local state
/// @param standbys copies of each partition on other nodes
/// @param kafka further Kafka client settings, passed through as they are
@ConfigurationProperties("pathbound.projector")
public record ProjectorProperties(String bootstrapServers,
        String applicationId,
        Path stateDir,
        int streamThreads,
        DataSize blockCache,
        DataSize tablesMemory,
        DataSize distinctMax,
        ProcessingGuarantee processingGuarantee,
        Duration sessionTimeout,
        DataSize diskFreeMin,
        Duration awayAtMost,
        int standbys,
        @DefaultValue Map<String, String> kafka) {
    /// The checked form the projector takes; throws [IllegalArgumentException] naming a bad value.
    ///
    /// @param address where other nodes reach this one; empty when it is alone
    public ProjectorSettings settings(Optional<NodeAddress> address) {
        return new ProjectorSettings(
                bootstrapServers,
                applicationId,
                stateDir,
                streamThreads,
                blockCache.toBytes(),
                TablesLimits.ofMemory(tablesMemory.toBytes()),
                distinctMax.toBytes(),
                kafka,
                new ClusterSettings(address, standbys),
                new FollowSettings(processingGuarantee == ProcessingGuarantee.EXACTLY_ONCE_V2,
                        sessionTimeout, diskFreeMin.toBytes(), awayAtMost));
    }

    /// What Kafka Streams promises, in its own words.
    public enum ProcessingGuarantee {
        AT_LEAST_ONCE, EXACTLY_ONCE_V2
    }

    /// Without the further settings: passwords may be among them.
    @Override
    public String toString() {
        return "ProjectorProperties[bootstrapServers=" + bootstrapServers + ", applicationId="
                + applicationId + ", stateDir=" + stateDir + "]";
    }
}
