package ai.pathbound.mcp;

import ai.pathbound.projector.query.Answer;
import ai.pathbound.projector.query.Freshness;
import ai.pathbound.projector.query.Json;
import ai.pathbound.projector.query.Question;
import ai.pathbound.projector.query.ReadModel;
import ai.pathbound.schemas.topics.ChangeKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

/// A read model with one fixed answer per question.
final class FixedReadModel implements ReadModel {
    private static final Freshness FRESH = new Freshness(Instant.parse("2026-11-23T10:00:00Z"), 12,
            true);
    private static final String CONTACT = """
            {"contact_id":"ct_1","properties":{"email":"ana@acme.test"},\
            "created_at":"2026-06-01T08:00:00.000Z"}""";
    private static final String EVENT = """
            {"event_id":"evt_1","event":"page_view","timestamp":"2026-06-01T08:00:00.000Z"}""";
    private static final String TAIL = """
            "returned":1,"total":1,"truncated":false,"next":null,\
            "pagination":{"page":1,"limit":20,"total_pages":1,"total_items":1}}""";

    /// What the data is said to be at.
    volatile int version = 1;

    @Override
    public Answer ask(String tenant, Question question) {
        return switch (question) {
            case Question.GetContact(String id) when id.equals("ct_missing") ->
                new Answer.NotFound("contact", id, FRESH);
            case Question.GetContact(String id) when id.equals("ct_rebuilding") ->
                new Answer.Rebuilding(Duration.ofMillis(1500));
            case Question.GetContact(String id) when id.equals("ct_stopped") ->
                new Answer.Stopped();
            case Question.GetContact(String id) when id.equals("ct_broken") ->
                throw new IllegalStateException("jdbc:secret");
            case Question.GetContact _ -> found(
                    "{\"contact\":" + CONTACT
                            + ",\"company\":null,\"recent_events\":[],\"notes\":[]}");
            case Question.ContactTimeline timeline when timeline.cursor().isPresent() ->
                new Answer.Invalid("cursor", "is not one this server gave out");
            case Question.ContactConversations _ -> found(
                    "{\"conversations\":[{\"conversation_id\":\"conv_1\",\"source\":\"gmail\","
                            + "\"subject\":null,\"message_count\":1}]," + TAIL);
            case Question.ContactEmailThreads _ -> found(
                    "{\"email_threads\":[{\"thread_id\":\"conv_1\",\"last_message_id\":null,"
                            + "\"subject\":null}]," + TAIL);
            case Question.ContactNotes _,Question.CompanyNotes _ ->
                found("{\"notes\":[]," + TAIL);
            case Question.ListCompanies _ -> found("{\"companies\":[]," + TAIL);
            case Question.EventStats _ -> found("{\"stats\":{\"total_events\":3}}");
            case Question.Aggregate _ -> found(
                    "{\"groups\":[{\"key\":{\"event\":\"page_view\"},\"count\":3}],"
                            + "\"returned\":1,\"total_groups\":1,\"total\":3,"
                            + "\"totals\":{\"count\":3},\"truncated\":false}");
            case Question.ContactTimeline _ ->
                found("{\"entries\":[],\"returned\":0,\"truncated\":false,\"next\":null}");
            case Question.ListContacts list when list.countOnly() -> found("{\"count\":7}");
            case Question.ListContacts _ -> found("{\"contacts\":[" + CONTACT + "]," + TAIL);
            case Question.GetCompany _ -> found(
                    "{\"company\":{\"company_id\":\"co_1\",\"properties\":{}},\"contacts\":[],"
                            + "\"contact_count\":0}");
            case Question.ListEvents _ -> found("{\"events\":[" + EVENT + "]," + TAIL);
            case Question.GetEvent _ -> found("{\"event\":" + EVENT + "}");
            case Question.Outline _ -> found(
                    "{\"contacts\":{\"total\":7,\"fields\":[\"country\",\"email\"]},"
                            + "\"companies\":{\"total\":1,\"fields\":[\"domain\"]},"
                            + "\"events\":{\"total\":3,\"fields\":[\"event\",\"url\"]}}");
            case Question.Version _ -> found("{\"version\":\"v" + version + "\"}");
            case Question.EventTypes _ -> found(
                    "{\"event_types\":[{\"event\":\"page_view\",\"count\":3,\"first_seen\":null,"
                            + "\"last_seen\":null}]}");
            case Question.BatchDetails _ ->
                found("{\"contacts\":[" + CONTACT + "],\"missing_ids\":[\"ct_x\"]}");
            case Question.BatchActivity _ -> found(
                    "{\"contact_count\":1,\"activity\":{\"ct_1\":{\"events\":[],"
                            + "\"total_events\":0}},\"missing_ids\":[]}");
        };
    }

    @Override
    public boolean awaitVersion(ChangeKey key, long version, Duration atMost) {
        return version == 1;
    }

    private static Answer found(String json) {
        return new Answer.Found(new Json(json.getBytes(StandardCharsets.UTF_8)), FRESH);
    }
}
