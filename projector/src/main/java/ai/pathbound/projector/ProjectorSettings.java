package ai.pathbound.projector;

import ai.pathbound.projector.tables.TablesLimits;
import java.nio.file.Path;
import java.util.Map;

/// Everything the projector can be told, read once at start.
///
/// @param bootstrapServers Kafka brokers, `host:port` separated by commas
/// @param applicationId Streams application id: consumer group, changelog topic prefix
/// @param stateDir folder of the RocksDB state; one process at a time
/// @param streamThreads stream threads, 1 up to the number of cores
/// @param blockCacheBytes RocksDB block cache of all partitions together; memtables come on top
/// @param tables how much the column tables may take
/// @param distinctBytesMax memory for the distinct values of one metric of one question, on each of its
///        threads; more are estimated
/// @param kafka further Kafka client settings, passed through as they are (security and the like)
/// @param cluster this process among others
/// @param following how changes are followed
public record ProjectorSettings(String bootstrapServers,
        String applicationId,
        Path stateDir,
        int streamThreads,
        long blockCacheBytes,
        TablesLimits tables,
        long distinctBytesMax,
        Map<String, String> kafka,
        ClusterSettings cluster,
        FollowSettings following) {
    private static final long DISTINCT_BYTES = 64L << 20;

    public ProjectorSettings {
        if (bootstrapServers.isBlank()) {
            throw new IllegalArgumentException(
                    "pathbound.projector.bootstrap-servers must not be empty");
        }
        if (streamThreads < 1) {
            throw new IllegalArgumentException(
                    "pathbound.projector.stream-threads must be at least 1: " + streamThreads);
        }
        if (blockCacheBytes < 16L << 20) {
            throw new IllegalArgumentException(
                    "pathbound.projector.block-cache must be at least 16 MiB: " + blockCacheBytes
                            + " bytes");
        }
        if (distinctBytesMax < 1L << 20) {
            throw new IllegalArgumentException(
                    "pathbound.projector.distinct-max must be at least 1 MiB: " + distinctBytesMax
                            + " bytes");
        }
        kafka = Map.copyOf(kafka);
    }

    /// For a projector that is alone, has the usual memory and follows in the usual way.
    public ProjectorSettings(String bootstrapServers,
            String applicationId,
            Path stateDir,
            int streamThreads,
            long blockCacheBytes,
            Map<String, String> kafka) {
        this(bootstrapServers, applicationId, stateDir, streamThreads, blockCacheBytes,
                TablesLimits.ofMemory(0), DISTINCT_BYTES, kafka, ClusterSettings.ALONE,
                FollowSettings.DEFAULT);
    }

    /// The same under another application id.
    ProjectorSettings withApplicationId(String other) {
        return new ProjectorSettings(bootstrapServers, other, stateDir, streamThreads,
                blockCacheBytes, tables, distinctBytesMax, kafka, cluster, following);
    }

    /// Without the further settings: passwords may be among them.
    @Override
    public String toString() {
        return "ProjectorSettings[bootstrapServers=" + bootstrapServers + ", applicationId="
                + applicationId + ", stateDir=" + stateDir + "]";
    }
}
