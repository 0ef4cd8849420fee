package ai.pathbound.projector;

import ai.pathbound.schemas.topics.Topics;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.common.Uuid;

/// Where the state in a folder came from, written beside it: the Kafka cluster, the changelog and the change
/// topics. With others, its offsets would mean nothing, and changes would be skipped in silence.
///
/// @param clusterId id of the Kafka cluster
/// @param changelog id the changelog topic got when it was created; empty before it is known
/// @param topics ids of the change topics, by name; those not known are left out
/// @param deletesKept how long the changelog kept deletes when the state was last brought up to date; empty
///     when that is not known
record StateOrigin(String clusterId,
        Optional<Uuid> changelog,
        Map<String, Uuid> topics,
        Optional<Duration> deletesKept) {
    private static final String CLUSTER = "cluster.id";
    private static final String CHANGELOG = "changelog.id";
    private static final String TOPIC = "topic.id.";
    private static final String DELETES = "changelog.deletes.kept.ms";

    StateOrigin {
        topics = Map.copyOf(topics);
    }

    /// The same with the id of the changelog.
    StateOrigin with(Uuid made) {
        return new StateOrigin(clusterId, Optional.of(made), topics, deletesKept);
    }

    /// What the folder says; empty for a new one.
    static Optional<StateOrigin> read(Path folder) {
        Path file = file(folder);
        if (Files.notExists(file)) {
            return Optional.empty();
        }
        var values = new Properties();
        try (Reader text = Files.newBufferedReader(file)) {
            values.load(text);
            return Optional.of(of(values));
        } catch (IOException | IllegalArgumentException e) {
            throw unusable(file, e);
        }
    }

    private static StateOrigin of(Properties values) {
        Map<String, Uuid> topics = new HashMap<>();
        for (String name : Topics.CHANGES) {
            String id = values.getProperty(TOPIC + name);
            if (id != null) {
                topics.put(name, Uuid.fromString(id));
            }
        }
        return new StateOrigin(values.getProperty(CLUSTER, ""),
                Optional.ofNullable(values.getProperty(CHANGELOG)).map(Uuid::fromString),
                topics,
                Optional.ofNullable(values.getProperty(DELETES))
                        .map(Long::valueOf)
                        .map(Duration::ofMillis));
    }

    /// Writes it, whole or not at all.
    void write(Path folder) {
        Path file = file(folder);
        var values = new Properties();
        values.setProperty(CLUSTER, clusterId);
        changelog.ifPresent(id -> values.setProperty(CHANGELOG, id.toString()));
        topics.forEach((name, id) -> values.setProperty(TOPIC + name, id.toString()));
        deletesKept.ifPresent(
                kept -> values.setProperty(DELETES, String.valueOf(kept.toMillis())));
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
