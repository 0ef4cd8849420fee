package ai.pathbound.projector.columns.query;

import ai.pathbound.projector.columns.Part;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// Answers that are being found right now. Who asks the same of the same parts meanwhile waits for them:
/// many callers with one question that nobody has asked before must not keep every thread busy with it.
final class Underway {
    private final Map<Key, CompletableFuture<GroupTable>> answers = new ConcurrentHashMap<>();

    private record Key(Object question, List<Long> stamps) {}

    /// The answer of the question over these parts, found by this thread or by another; nobody may
    /// change it. When the other gives up, which says nothing of this question, the next one goes on.
    GroupTable share(Object question,
            List<Part> parts,
            Deadline deadline,
            Supplier<GroupTable> find) {
        Key key = new Key(question, parts.stream().map(Part::stamp).toList());
        CompletableFuture<GroupTable> own = new CompletableFuture<>();
        while (true) {
            CompletableFuture<GroupTable> other = answers.putIfAbsent(key, own);
            if (other == null) {
                return find(key, own, find);
            }
            Optional<GroupTable> found = deadline.await(other);
            if (found.isPresent()) {
                return found.get();
            }
        }
    }

    private GroupTable find(Key key,
            CompletableFuture<GroupTable> own,
            Supplier<GroupTable> find) {
        try {
            GroupTable found = find.get();
            own.complete(found);
            return found;
        } catch (RuntimeException | Error e) {
            own.completeExceptionally(e);
            throw e;
        } finally {
            answers.remove(key, own);
        }
    }
}
