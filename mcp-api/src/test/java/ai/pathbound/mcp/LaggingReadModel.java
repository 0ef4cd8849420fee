package ai.pathbound.mcp;

import ai.pathbound.mcp.json.Wire;
import ai.pathbound.projector.query.Answer;
import ai.pathbound.projector.query.Freshness;
import ai.pathbound.projector.query.Json;
import ai.pathbound.projector.query.Question;
import ai.pathbound.projector.query.ReadModel;
import ai.pathbound.schemas.topics.ChangeKey;
import ai.pathbound.schemas.topics.EntityKind;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Shows each change of a backend some time after it happened.
final class LaggingReadModel implements ReadModel, AutoCloseable {
    /// As the real one does: the others have a list of their own.
    private static final int NOTES_SHOWN = 20;

    private record Shown(long version, ObjectNode entity) {}

    private final Supplier<Duration> lag;
    private final Map<ChangeKey, Shown> shown = new HashMap<>();
    private final ScheduledExecutorService projecting = Executors
            .newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().factory());

    LaggingReadModel(Supplier<Duration> lag) {
        this.lag = lag;
    }

    void changed(EntityKind kind, String id, long version, ObjectNode entity) {
        var _ = projecting.schedule(
                () -> show(new ChangeKey("t1", kind, id), new Shown(version, entity)),
                lag.get().toMillis(),
                TimeUnit.MILLISECONDS);
    }

    private synchronized void show(ChangeKey key, Shown change) {
        Shown now = shown.get(key);
        if (now == null || now.version() < change.version()) {
            shown.put(key, change);
        }
        notifyAll();
    }

    @Override
    public synchronized Answer ask(String tenant, Question question) {
        Freshness fresh = new Freshness(Instant.now(), 0, true);
        return switch (question) {
            case Question.GetContact(String id) ->
                one(tenant, EntityKind.CONTACT, EntityKind.CONTACT_NOTE, id, fresh);
            case Question.GetCompany(String id) ->
                one(tenant, EntityKind.COMPANY, EntityKind.COMPANY_NOTE, id, fresh);
            case Question.ListContacts _ ->
                outlines(EntityKind.CONTACT, "contacts", "contact_id", "email", fresh);
            case Question.ListCompanies _ ->
                outlines(EntityKind.COMPANY, "companies", "company_id", "domain", fresh);
            case Question.ContactNotes(String id, _) -> {
                List<ObjectNode> own = notes(EntityKind.CONTACT_NOTE, id);
                ObjectNode answer = Wire.MAPPER.createObjectNode().put("total", own.size());
                answer.putArray("notes").addAll(own);
                yield found(answer, fresh);
            }
            default -> new Answer.NotFound("event", "none", fresh);
        };
    }

    private Answer outlines(EntityKind kind,
            String list,
            String id,
            String field,
            Freshness fresh) {
        ObjectNode answer = Wire.MAPPER.createObjectNode();
        ArrayNode all = answer.putArray(list);
        of(kind).forEach(
                one -> all.addObject()
                        .put(id, one.path(id).asString())
                        .put(field, one.path("properties").path(field).asString()));
        return found(answer, fresh);
    }

    private List<ObjectNode> notes(EntityKind kind, String owner) {
        return of(kind).stream()
                .filter(note -> note.path("owner").asString().equals(owner))
                .toList();
    }

    private Answer one(String tenant,
            EntityKind kind,
            EntityKind notes,
            String id,
            Freshness fresh) {
        Shown entity = shown.get(new ChangeKey(tenant, kind, id));
        if (entity == null) {
            return new Answer.NotFound(kind.word(), id, fresh);
        }
        ObjectNode answer = Wire.MAPPER.createObjectNode();
        answer.set(kind.word(), entity.entity());
        List<ObjectNode> own = notes(notes, id);
        answer.putArray("notes").addAll(own.subList(0, Math.min(NOTES_SHOWN, own.size())));
        answer.put("notes_total", own.size());
        return found(answer, fresh);
    }

    private Collection<ObjectNode> of(EntityKind kind) {
        return shown.entrySet()
                .stream()
                .filter(entry -> entry.getKey().kind() == kind)
                .map(entry -> entry.getValue().entity())
                .toList();
    }

    private static Answer found(ObjectNode answer, Freshness fresh) {
        return new Answer.Found(new Json(Wire.MAPPER.writeValueAsBytes(answer)), fresh);
    }

    @Override
    public synchronized boolean awaitVersion(ChangeKey key, long version, Duration atMost)
            throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        while (true) {
            Shown now = shown.get(key);
            if (now != null && now.version() >= version) {
                return true;
            }
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
    }

    @Override
    public void close() {
        projecting.shutdownNow();
    }
}
