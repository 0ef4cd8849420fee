package ai.pathbound.projector;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/// The name a node keeps across restarts, kept in a file of its state folder.
final class NodeId {
    private NodeId() {}

    static String of(Path stateDir) {
        Path file = stateDir.resolve("node-id");
        try {
            Files.createDirectories(stateDir);
            if (Files.notExists(file)) {
                Path fresh = Files.createTempFile(stateDir, "node-id", ".new");
                Files.writeString(fresh, "node-" + UUID.randomUUID());
                Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new CannotStartException("The state folder " + stateDir
                    + " cannot be used: " + e.getMessage()
                    + ". pathbound.projector.state-dir must name a folder this process may write to.",
                    e);
        }
    }
}
