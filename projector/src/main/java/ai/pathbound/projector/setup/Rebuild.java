package ai.pathbound.projector.setup;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/// Forgets everything that was made from the change topics, so that the next start makes it anew: the
/// group with its offsets, the changelog, the folder on this machine. Never one of the three alone: a
/// group without its changelog would believe to have applied what is gone.
public final class Rebuild {
    private final Admin admin;
    private final String applicationId;
    private final Path folder;
    /// Of every version of the row formats; not those of another application whose id goes on where
    /// this one ends.
    private final Pattern changelog;

    /// @param stateDir state folder of the node on this machine
    public Rebuild(Admin admin, String applicationId, Path stateDir) {
        this.admin = admin;
        this.applicationId = applicationId;
        folder = stateDir.resolve(applicationId);
        changelog = Pattern.compile(Pattern.quote(applicationId) + "-read-model-v\\d+-changelog");
    }

    /// What [#run] will remove, in sentences.
    public List<String> plan() throws ExecutionException, InterruptedException {
        return List.of(
                "the consumer group " + applicationId + " with its offsets",
                "the topics " + (changelogs().isEmpty() ? "(none)" : changelogs()),
                "the folder " + folder.toAbsolutePath().normalize());
    }

    /// Removes it. Can be repeated when it was cut off.
    ///
    /// @param progress told what has been removed
    /// @throws IllegalStateException while nodes of the group run
    public void run(Consumer<String> progress)
            throws ExecutionException, InterruptedException, IOException {
        refuseWhileNodesRun();
        // The group first: without offsets, whatever else is left over does no harm.
        try {
            admin.deleteConsumerGroups(List.of(applicationId)).all().get();
            progress.accept("removed the consumer group " + applicationId);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof GroupIdNotFoundException)) {
                throw e;
            }
        }
        List<String> changelogs = changelogs();
        admin.deleteTopics(changelogs).all().get();
        changelogs.forEach(topic -> progress.accept("removed the topic " + topic));
        removeFolder(progress);
    }

    /// Removes only the folder on this machine: for the other nodes of a cluster, after [#run] on one.
    public void removeFolder(Consumer<String> progress) throws IOException {
        if (Files.notExists(folder)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                    throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, IOException failure)
                    throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
        progress.accept("removed the folder " + folder.toAbsolutePath().normalize());
    }

    private void refuseWhileNodesRun() throws ExecutionException, InterruptedException {
        try {
            Map<String, ConsumerGroupDescription> groups = admin
                    .describeConsumerGroups(List.of(applicationId))
                    .all()
                    .get();
            List<String> running = groups.values()
                    .stream()
                    .flatMap(group -> group.members().stream())
                    .map(member -> member.groupInstanceId().orElse(member.consumerId()) + " at "
                            + member.host())
                    .distinct()
                    .toList();
            if (!running.isEmpty()) {
                throw new IllegalStateException("nodes of " + applicationId
                        + " are running, or were until a few seconds ago: "
                        + String.join(", ", running)
                        + ". Stop them all and wait for their session to end (6 s unless set).");
            }
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof GroupIdNotFoundException)) {
                throw e;
            }
        }
    }

    /// Topics that Kafka Streams makes for the application.
    private List<String> changelogs() throws ExecutionException, InterruptedException {
        return admin.listTopics()
                .names()
                .get()
                .stream()
                .filter(changelog.asMatchPredicate())
                .sorted()
                .toList();
    }
}
