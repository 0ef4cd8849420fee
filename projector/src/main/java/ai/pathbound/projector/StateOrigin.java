package ai.pathbound.projector;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.common.Uuid;

/// Where the state in a folder came from, written beside it: the Kafka cluster and the changelog. With
/// another of either, its offsets would mean nothing, and changes would be skipped in silence.
///
/// @param clusterId id of the Kafka cluster
/// @param changelog id the changelog topic got when it was created; empty before it is known
record StateOrigin(String clusterId, Optional<Uuid> changelog) {
    private static final String CLUSTER = "cluster.id";
    private static final String CHANGELOG = "changelog.id";

    /// What the folder says; empty for a new one.
    static Optional<StateOrigin> read(Path folder) {
        Path file = file(folder);
        if (Files.notExists(file)) {
            return Optional.empty();
        }
        var values = new Properties();
        try (Reader text = Files.newBufferedReader(file)) {
            values.load(text);
            return Optional.of(
                    new StateOrigin(values.getProperty(CLUSTER, ""),
                            Optional.ofNullable(values.getProperty(CHANGELOG))
                                    .map(Uuid::fromString)));
        } catch (IOException | IllegalArgumentException e) {
            throw unusable(file, e);
        }
    }

    /// Writes it, whole or not at all.
    void write(Path folder) {
        Path file = file(folder);
        var values = new Properties();
        values.setProperty(CLUSTER, clusterId);
        changelog.ifPresent(id -> values.setProperty(CHANGELOG, id.toString()));
        try {
            Files.createDirectories(folder);
            var text = new StringWriter();
            values.store(text, "Where this state came from. Belongs to the folder.");
            Path draft = Files.createTempFile(folder, "origin", ".new");
            Files.writeString(draft, text.toString());
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw unusable(file, e);
        }
    }

    private static Path file(Path folder) {
        return folder.resolve("origin.properties");
    }

    private static CannotStartException unusable(Path file, Exception e) {
        return new CannotStartException(file + " cannot be used: " + e.getMessage()
                + ". pathbound.projector.state-dir must name a folder this process may write to; a"
                + " damaged one can be made anew with 'pathbound rebuild --local'.", e);
    }
}
