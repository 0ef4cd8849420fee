package ai.pathbound.projector.answer;

import ai.pathbound.projector.state.Change;
import ai.pathbound.projector.state.Keys.Relation;
import ai.pathbound.schemas.change.CompanyNote;
import ai.pathbound.schemas.change.ContactNote;
import ai.pathbound.schemas.topics.EntityKind;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/// The notes of one contact or company, newest first.
final class Notes {
    /// Notes shown with their owner; the others have a list of their own.
    private static final int SHOWN = 20;
    private static final Comparator<Change> NEWEST_FIRST = Comparator
            .comparing(Notes::createdAt)
            .thenComparing(Change::entityId)
            .reversed();

    private final List<Change> notes;

    Notes(TenantData data, EntityKind kind, Relation relation, String ownerId) {
        notes = data.linked(relation, ownerId, Integer.MAX_VALUE)
                .stream()
                .flatMap(id -> data.find(kind, id).stream())
                .sorted(NEWEST_FIRST)
                .toList();
    }

    /// Writes the newest notes as `notes` and their number as `notes_total`.
    void write(JsonText json, Views views) {
        json.objects("notes", notes.subList(0, Math.min(SHOWN, notes.size())), views::note);
        json.number("notes_total", notes.size());
    }

    private static Instant createdAt(Change change) {
        return switch (change.body()) {
            case ContactNote note -> note.getCreatedAt();
            case CompanyNote note -> note.getCreatedAt();
            default -> throw new IllegalStateException("not a note: " + change.body().getClass());
        };
    }
}
