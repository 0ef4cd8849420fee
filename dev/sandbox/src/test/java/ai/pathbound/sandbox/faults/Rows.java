package ai.pathbound.sandbox.faults;

import ai.pathbound.projector.state.Document;
import ai.pathbound.projector.state.Keys;
import ai.pathbound.projector.topology.ProjectionTopology;
import ai.pathbound.sandbox.faults.Truths.Newest;
import ai.pathbound.schemas.topics.ChangeKey;
import ai.pathbound.schemas.topics.TenantPartitioner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/// The rows a stopped node has on its disk.
final class Rows {
    private Rows() {}

    /// Compares the document of every entity, byte by byte, with the change that should have brought it.
    ///
    /// @param stateDir state folder of a node that was stopped in order
    /// @return what differs, in words; partitions the node does not keep are passed over
    static List<String> differences(Path stateDir,
            String applicationId,
            int partitions,
            Truths truths) throws RocksDBException {
        List<String> different = new ArrayList<>();
        for (int partition = 0; partition < partitions; partition++) {
            Path folder = stateDir.resolve(applicationId)
                    .resolve("0_" + partition)
                    .resolve("rocksdb")
                    .resolve(ProjectionTopology.STORE);
            if (!Files.isDirectory(folder)) {
                continue;
            }
            try (Options options = new Options();
                    RocksDB db = RocksDB.openReadOnly(options, folder.toString())) {
                for (Map.Entry<ChangeKey, Newest> entity : truths.settled().entrySet()) {
                    ChangeKey key = entity.getKey();
                    if (TenantPartitioner.partition(key.tenant(), partitions) == partition
                            && !isSame(entity.getValue(), db.get(Keys.document(key)))) {
                        different.add(folder + " " + key);
                    }
                }
            }
        }
        return different;
    }

    private static boolean isSame(Newest expected, byte[] row) {
        Document stored = Document.of(row);
        if (stored == null) {
            return false;
        }
        return expected.isDelete()
                ? stored.isDeleted()
                : Arrays.equals(
                        row,
                        Document.live(expected.change().version(), expected.bytes()).row());
    }
}
