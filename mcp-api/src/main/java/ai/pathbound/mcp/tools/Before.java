package ai.pathbound.mcp.tools;

import ai.pathbound.mcp.backend.NoteOwner;
import ai.pathbound.mcp.json.Wire;
import ai.pathbound.projector.query.Answer;
import ai.pathbound.projector.query.Question;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/// What the read model shows before a write.
@Component
final class Before {
    /// What was looked for, if it is there.
    sealed interface Look {
        /// It is there.
        ///
        /// @param value properties of a contact or company, or a note
        record Known(JsonNode value, Answer.Found answer) implements Look {}

        /// It may exist, but the read model does not show it here.
        record Unseen(Answer.Found answer) implements Look {}

        /// The read model cannot answer or has no such entity; the result says which.
        record None(ToolResult why) implements Look {}
    }

    private static final int NOTES_MAX = 1_000;

    private final Reader reader;

    Before(Reader reader) {
        this.reader = reader;
    }

    /// The properties of a contact or company.
    Mono<Look> properties(String tenant, NoteOwner kind, String id) {
        return whole(tenant, kind, id).map(
                look -> look instanceof Look.Known known
                        ? new Look.Known(known.value().path(kind.word()).path("properties"),
                                known.answer())
                        : look);
    }

    /// One note: among those shown with its owner, or among all of them; unseen if there are too many.
    Mono<Look> note(String tenant, NoteOwner owner, String ownerId, String noteId) {
        return whole(tenant, owner, ownerId).map(look -> note(look, owner, noteId))
                .flatMap(
                        look -> look instanceof Look.Unseen
                                ? asked(tenant, notes(owner, ownerId))
                                        .map(all -> note(all, owner, noteId))
                                : Mono.just(look));
    }

    private static Question notes(NoteOwner owner, String id) {
        Question.Page all = new Question.Page(1, NOTES_MAX);
        return switch (owner) {
            case CONTACT -> new Question.ContactNotes(id, all);
            case COMPANY -> new Question.CompanyNotes(id, all);
        };
    }

    private static Look note(Look look, NoteOwner owner, String noteId) {
        return look instanceof Look.Known known ? note(known, owner, noteId) : look;
    }

    private static Look note(Look.Known known, NoteOwner owner, String noteId) {
        JsonNode notes = known.value().path("notes");
        for (JsonNode note : notes) {
            if (note.path("note_id").asString("").equals(noteId)) {
                return new Look.Known(note, known.answer());
            }
        }
        // A list says it in another way than a profile does.
        int total = known.value()
                .path("notes_total")
                .asInt(known.value().path("total").asInt(Integer.MAX_VALUE));
        boolean all = notes.isArray() && total <= notes.size();
        return all
                ? new Look.None(
                        Reader.result(
                                new Answer.NotFound(owner.word() + " note", noteId,
                                        known.answer().freshness())))
                : new Look.Unseen(known.answer());
    }

    private Mono<Look> whole(String tenant, NoteOwner kind, String id) {
        Question question = switch (kind) {
            case CONTACT -> new Question.GetContact(id);
            case COMPANY -> new Question.GetCompany(id);
        };
        return asked(tenant, question);
    }

    private Mono<Look> asked(String tenant, Question question) {
        return reader.whole(tenant, question).map(answer -> switch (answer) {
            case Answer.Found found ->
                new Look.Known(Wire.MAPPER.readTree(found.json().utf8()), found);
            case Answer.NotFound _,Answer.Invalid _,Answer.TooLarge _,Answer.Rebuilding _,Answer.Stopped _ ->
                new Look.None(Reader.result(answer));
        });
    }
}
