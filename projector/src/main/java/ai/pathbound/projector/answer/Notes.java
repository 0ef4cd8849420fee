package ai.pathbound.projector.answer;

import ai.pathbound.projector.query.Answer;
import ai.pathbound.projector.query.Freshness;
import ai.pathbound.projector.query.Question.Page;
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

    private Notes() {}

    /// Writes the newest notes as `notes` and their number as `notes_total`.
    static void write(JsonText json, Views views, TenantData data, EntityKind owner, String id) {
        List<Change> notes = of(data, owner, id);
        json.objects("notes", notes.subList(0, Math.min(SHOWN, notes.size())), views::note);
        json.number("notes_total", notes.size());
    }

    /// A page of them.
    static Answer list(TenantData data,
            EntityKind owner,
            String id,
            Page page,
            Freshness freshness) {
        if (!data.exists(owner, id)) {
            return new Answer.NotFound(owner.word(), id, freshness);
        }
        return Listing.slice(
                "notes",
                of(data, owner, id),
                page,
                freshness,
                (json, note) -> new Views(json, data).note(note));
    }

    private static List<Change> of(TenantData data, EntityKind owner, String id) {
        boolean contact = owner == EntityKind.CONTACT;
        EntityKind kind = contact ? EntityKind.CONTACT_NOTE : EntityKind.COMPANY_NOTE;
        Relation relation = contact ? Relation.CONTACT_NOTE : Relation.COMPANY_NOTE;
        return data.findAll(kind, data.linked(relation, id, Integer.MAX_VALUE))
                .stream()
                .sorted(NEWEST_FIRST)
                .toList();
    }

    private static Instant createdAt(Change change) {
        return switch (change.body()) {
            case ContactNote note -> note.getCreatedAt();
            case CompanyNote note -> note.getCreatedAt();
            default -> throw new IllegalStateException("not a note: " + change.body().getClass());
        };
    }
}
