package ai.pathbound.sandbox.hostile;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/// Calls of every tool that change nothing: about what a tenant has, about what only a stranger has,
/// and about what both have under the same id.
final class Questions {
    /// @param aboutStranger whether an argument holds the stranger's word
    record Question(String tool, Map<String, ?> arguments, boolean aboutStranger) {}

    private final List<Question> all = new ArrayList<>();
    private final String stranger;

    private Questions(String stranger) {
        this.stranger = stranger;
    }

    /// @param own the word of the tenant that asks
    /// @param stranger the word of another
    static List<Question> of(String own, String stranger) {
        Questions questions = new Questions(stranger);
        for (String word : new String[]{"0", "7", own, stranger}) {
            questions.aboutContact("ct_" + word);
            questions.aboutCompany("co_" + word);
            questions.aboutEvent("evt_" + word);
        }
        questions.lists(own);
        questions.lists(stranger);
        questions.aggregates(own);
        questions.aggregates(stranger);
        questions.creates(stranger);
        return questions.all;
    }

    private void aboutContact(String id) {
        ask("get_contact", Map.of("contact_id", id));
        ask("get_contact_timeline", Map.of("contact_id", id, "limit", 3));
        ask(
                "get_contact_timeline",
                Map.of(
                        "contact_id",
                        id,
                        "cursor",
                        cursor(Marked.START.toEpochMilli() + 4_000_000_000L, "evt_3")));
        ask("get_contact_conversations", Map.of("contact_id", id, "include_messages", true));
        ask("list_contact_email_threads", Map.of("contact_id", id));
        ask("list_contact_notes", Map.of("contact_id", id));
        ask("list_events", Map.of("contact_id", id));
        ask("get_event_stats", Map.of("contact_id", id, "interval", "month"));
        ask("batch_get_details", Map.of("entity_type", "contacts", "ids", List.of("ct_1", id)));
        ask("batch_get_activity", Map.of("contact_ids", List.of("ct_1", id)));
        Map<String, ?> city = Map.of("city", "Ulm");
        ask("update_contact", Map.of("contact_id", id, "properties", city, "dry_run", true));
        ask("create_contact_note", Map.of("contact_id", id, "content", "Hi", "dry_run", true));
        ask(
                "update_contact_note",
                Map.of(
                        "contact_id",
                        id,
                        "note_id",
                        "note_" + id,
                        "content",
                        "Hi",
                        "dry_run",
                        true));
        ask("delete_contact_note", Map.of("contact_id", id, "note_id", "note_" + id));
        ask("delete_contact_note", Map.of("contact_id", "ct_1", "note_id", "note_" + id));
        if (id.contains(stranger)) {
            ask("update_contact", Map.of("contact_id", id, "properties", city));
            ask("create_contact_note", Map.of("contact_id", id, "content", "Hi"));
            ask(
                    "update_contact_note",
                    Map.of("contact_id", "ct_1", "note_id", "note_" + id, "content", "Hi"));
        }
    }

    private void aboutCompany(String id) {
        ask("get_company", Map.of("company_id", id));
        ask("list_company_notes", Map.of("company_id", id));
        ask("list_contacts", Map.of("company_id", id));
        ask("get_event_stats", Map.of("company_id", id));
        ask("batch_get_details", Map.of("entity_type", "companies", "ids", List.of(id, "co_1")));
        Map<String, ?> name = Map.of("name", "Firm");
        ask("update_company", Map.of("company_id", id, "properties", name, "dry_run", true));
        ask("create_company_note", Map.of("company_id", id, "content", "Hi", "dry_run", true));
        ask(
                "update_company_note",
                Map.of(
                        "company_id",
                        id,
                        "note_id",
                        "note_" + id,
                        "content",
                        "Hi",
                        "dry_run",
                        true));
        ask("delete_company_note", Map.of("company_id", id, "note_id", "note_" + id));
        if (id.contains(stranger)) {
            ask("update_company", Map.of("company_id", id, "properties", name));
            ask("create_company_note", Map.of("company_id", id, "content", "Hi"));
            ask(
                    "update_company_note",
                    Map.of("company_id", "co_1", "note_id", "note_" + id, "content", "Hi"));
        }
    }

    private void aboutEvent(String id) {
        ask("get_event", Map.of("event_id", id));
        ask(
                "get_contact_timeline",
                Map.of("contact_id", "ct_1", "cursor", cursor(Marked.START.toEpochMilli(), id)));
    }

    private void lists(String word) {
        for (String field : new String[]{"search", "country", "industry", "city", "job_title",
                "lead_status"}) {
            ask("list_contacts", Map.of(field, word + "1", "fields", "summary"));
        }
        ask("list_contacts", Map.of("search", word, "count_only", true));
        ask("list_contacts", Map.of("sort_by", "email", "page", 2, "limit", 5));
        ask("list_contacts", Map.of("include", "provenance"));
        ask("list_companies", Map.of("search", word));
        ask("list_companies", Map.of("industry", word + "1"));
        ask("list_companies", Map.of("sort_by", "domain", "limit", 2, "page", 2));
        ask("list_events", Map.of("search", word, "limit", 5));
        ask("list_events", Map.of("event_type", "saw_" + word, "limit", 100));
        ask("list_events", Map.of("domain", word + ".test", "page", 2));
        ask("list_events", Map.of("url_contains", word, "count_only", true));
        ask("list_events", Map.of("identified_only", true));
        ask("get_event_types", Map.of());
        ask("get_event_stats", Map.of("event_type", "saw_" + word));
        ask("get_event_stats", Map.of("domain", word + ".test", "interval", "week"));
    }

    private void aggregates(String word) {
        for (String entity : new String[]{"contacts", "companies", "events"}) {
            for (String field : new String[]{"secret", "only_" + word, "only_" + word + "x"}) {
                ask("aggregate_data", Map.of("entity", entity, "group_by", field));
            }
            ask(
                    "aggregate_data",
                    Map.of("entity", entity, "filters", Map.of("secret", word + "0")));
        }
        ask(
                "aggregate_data",
                Map.of(
                        "entity",
                        "events",
                        "group_by",
                        "contact_id",
                        "metrics",
                        List.of(
                                Map.of("op", "sum", "field", "amount"),
                                Map.of("op", "count_distinct", "field", "url"))));
        ask(
                "aggregate_data",
                Map.of("entity", "events", "filters", Map.of("contact_id", "ct_" + word)));
        ask(
                "aggregate_data",
                Map.of("entity", "events", "filters", Map.of("company_id", "co_" + word)));
    }

    /// Addresses and domains of the stranger alone are free.
    private void creates(String word) {
        ask("create_contact", Map.of("email", word + "@firm.test", "dry_run", true));
        ask(
                "create_contact",
                Map.of("email", "new@firm.test", "visitor_id", "v_" + word, "dry_run", true));
        ask("create_contact", Map.of("email", "person1@firm.test", "dry_run", true));
        ask("create_company", Map.of("domain", word + ".test", "dry_run", true));
        ask("create_company", Map.of("domain", "firm1.test", "dry_run", true));
    }

    private void ask(String tool, Map<String, ?> arguments) {
        all.add(new Question(tool, arguments, arguments.toString().contains(stranger)));
    }

    /// A place in a timeline as the server writes it.
    private static String cursor(long millis, String event) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(
                        (millis + "/event/" + event).getBytes(StandardCharsets.UTF_8));
    }
}
