package ai.pathbound.mcp.tools;

import ai.pathbound.projector.query.Question;
import ai.pathbound.projector.query.Question.ContactFilter;
import ai.pathbound.projector.query.Question.ContactOrder;
import ai.pathbound.projector.query.Question.ContactSort;
import java.util.List;
import java.util.Locale;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/// Reading contacts.
@Component
@Order(1)
final class ContactTools implements ToolFamily {
    static final String READ = "contacts:read";
    static final Parameter CONTACT_ID = Parameter
            .text("contact_id", "Contact id, such as ct_7Qm2.")
            .mandatory()
            .upTo(200)
            .alias("id", "_id");

    @Override
    public List<Tool> tools() {
        return List.of(
                new Tool.Read(listContacts(), ContactTools::listQuestion),
                new Tool.Read(getContact(),
                        arguments -> new Question.GetContact(arguments.text("contact_id"))),
                new Tool.Read(timeline(),
                        arguments -> new Question.ContactTimeline(arguments.text("contact_id"),
                                arguments.range("date_after", "date_before"),
                                arguments.integer("limit"), arguments.textMaybe("cursor"))),
                new Tool.Read(conversations(),
                        arguments -> new Question.ContactConversations(
                                arguments.text("contact_id"), arguments.flag("include_messages"),
                                Definitions.page(arguments))),
                new Tool.Read(emailThreads(),
                        arguments -> new Question.ContactEmailThreads(
                                arguments.text("contact_id"), Definitions.page(arguments))),
                new Tool.Read(notes(),
                        arguments -> new Question.ContactNotes(arguments.text("contact_id"),
                                Definitions.page(arguments))));
    }

    private static ToolDefinition listContacts() {
        return new ToolDefinition("list_contacts", "List contacts",
                """
                        Search, filter, sort and count contacts. Filters combine with AND. Text filters \
                        ignore case; job_title and search match anywhere in the text, the others match \
                        whole values. To know how many there are, set count_only. To look through many, \
                        set fields=summary, which is far smaller than whole contacts. For numbers by \
                        country, stage or any other field use aggregate_data instead of paging. \
                        Answers name returned and total. A page that came out too large is cut: then \
                        truncated is true and next holds the page and limit to ask for next. Example: \
                        {"lifecycle_stage": "customer", "country": "Germany", "fields": "summary"}.""",
                READ, Hints.READ,
                List.of(
                        Parameter.text("search", "Text in name, e-mail, company or job title."),
                        Parameter.word(
                                "status",
                                "Whether the profile was enriched.",
                                "enriched",
                                "not_enriched"),
                        Parameter.word(
                                "lifecycle_stage",
                                "Stage in the sales cycle.",
                                "lead",
                                "prospect",
                                "mql",
                                "sql",
                                "opportunity",
                                "customer",
                                "evangelist",
                                "subscriber",
                                "other").alias("lifecyclestage"),
                        Parameter.text("lead_status", "Lead status."),
                        Parameter.text("country", "Country."),
                        Parameter.text("industry", "Industry."),
                        Parameter.text("city", "City."),
                        Parameter.text("state", "State or region."),
                        Parameter.text("job_title", "Part of the job title.").alias("jobtitle"),
                        Parameter.flag("has_linkedin", "Whether a LinkedIn address is known."),
                        Parameter.text("company_id", "Contacts of this company."),
                        Parameter.time("created_after", "Created at this date or time or later.")
                                .alias("date_after"),
                        Parameter.time("created_before", "Created before this date or time.")
                                .alias("date_before"),
                        Definitions.ACTIVE_AFTER,
                        Definitions.ACTIVE_BEFORE,
                        Parameter.word(
                                "sort_by",
                                "Sort key; contacts without the value come last.",
                                "email",
                                "firstname",
                                "lastname",
                                "company",
                                "createdate").or("createdate"),
                        Definitions.SORT_DIR,
                        Definitions.PAGE,
                        Definitions.LIMIT,
                        Definitions.COUNT_ONLY,
                        Definitions.FIELDS,
                        Definitions.INCLUDE,
                        Changes.SINCE),
                Shapes.list("contacts", Shapes.CONTACT));
    }

    private static Question listQuestion(Arguments arguments) {
        return new Question.ListContacts(
                new ContactFilter(arguments.textMaybe("status").map("enriched"::equals),
                        arguments.textMaybe("lifecycle_stage"), arguments.textMaybe("lead_status"),
                        arguments.textMaybe("country"), arguments.textMaybe("industry"),
                        arguments.textMaybe("city"), arguments.textMaybe("state"),
                        arguments.textMaybe("job_title"), arguments.flagMaybe("has_linkedin"),
                        arguments.textMaybe("company_id"),
                        arguments.range("created_after", "created_before"),
                        arguments.textMaybe("search"),
                        arguments.range("last_activity_after", "last_activity_before")),
                new ContactSort(
                        ContactOrder.valueOf(arguments.text("sort_by").toUpperCase(Locale.ROOT)),
                        Definitions.descending(arguments)),
                Definitions.page(arguments),
                arguments.flag("count_only"), Definitions.summary(arguments),
                arguments.has("include"));
    }

    private static ToolDefinition getContact() {
        return new ToolDefinition("get_contact", "Get contact",
                """
                        Everything about one person: profile merged over all sources, company, the 20 \
                        newest events of that person and the notes. The id comes from list_contacts, where search finds \
                        people by name or e-mail. For older events use get_contact_timeline; for several \
                        contacts at once batch_get_details.""",
                READ, Hints.READ, List.of(CONTACT_ID),
                Shapes.requiring(
                        Shapes.object(
                                "contact",
                                Shapes.CONTACT,
                                "company",
                                Shapes.orNull(Shapes.COMPANY),
                                "recent_events",
                                Shapes.array(Shapes.EVENT),
                                "notes",
                                Shapes.array(Shapes.NOTE),
                                "truncated",
                                Shapes.FLAG,
                                "next",
                                Shapes.NEXT),
                        "contact"));
    }

    private static ToolDefinition timeline() {
        return new ToolDefinition("get_contact_timeline", "Get contact timeline",
                """
                        What happened with one contact, newest first, all sources mixed: site events, \
                        notes, conversations, e-mails and profile changes; 20 entries unless limit says \
                        otherwise. Narrow with date_after and date_before; when truncated is true, pass \
                        next as cursor for the entries that follow. For events of several contacts use \
                        batch_get_activity. Example: {"contact_id": "ct_7Qm2", "date_after": \
                        "2026-06-01"}.""",
                READ, Hints.READ,
                List.of(
                        CONTACT_ID,
                        Definitions.DATE_AFTER,
                        Definitions.DATE_BEFORE,
                        Definitions.LIMIT,
                        Parameter.text("cursor", "The next of the answer before.")
                                .upTo(1000)
                                .alias("next")),
                Shapes.requiring(
                        Shapes.object(
                                "entries",
                                Shapes.array(
                                        Shapes.object(
                                                "type",
                                                Shapes.TEXT,
                                                "at",
                                                Shapes.TEXT,
                                                "source",
                                                Shapes.MAYBE_TEXT,
                                                "id",
                                                Shapes.MAYBE_TEXT,
                                                "title",
                                                Shapes.MAYBE_TEXT)),
                                "returned",
                                Shapes.COUNT,
                                "total",
                                Shapes.COUNT,
                                "truncated",
                                Shapes.FLAG,
                                "next",
                                Shapes.MAYBE_TEXT),
                        "entries"));
    }

    private static ToolDefinition conversations() {
        return new ToolDefinition("get_contact_conversations", "Get contact conversations",
                """
                        E-mail threads and chats with one contact, the newest first: subject, source, \
                        number of messages. Message texts only with include_messages, which makes the \
                        answer much larger; then set limit to 5 or less.""",
                READ, Hints.READ,
                List.of(
                        CONTACT_ID,
                        Parameter.flag("include_messages", "Add the messages with their texts.")
                                .or(false),
                        Definitions.PAGE,
                        Definitions.LIMIT),
                Shapes.list(
                        "conversations",
                        Shapes.object(
                                "conversation_id",
                                Shapes.TEXT,
                                "source",
                                Shapes.TEXT,
                                "subject",
                                Shapes.MAYBE_TEXT,
                                "message_count",
                                Shapes.COUNT)));
    }

    private static ToolDefinition emailThreads() {
        return new ToolDefinition("list_contact_email_threads", "List e-mail threads",
                "The e-mail threads with one contact in brief, the newest first: ids and subjects, no texts."
                        + " For texts and chats use get_contact_conversations.",
                READ,
                Hints.READ, List.of(CONTACT_ID, Definitions.PAGE, Definitions.LIMIT),
                Shapes.list(
                        "email_threads",
                        Shapes.object(
                                "thread_id",
                                Shapes.TEXT,
                                "last_message_id",
                                Shapes.MAYBE_TEXT,
                                "subject",
                                Shapes.MAYBE_TEXT)));
    }

    private static ToolDefinition notes() {
        return new ToolDefinition("list_contact_notes", "List contact notes",
                "The notes on one contact with their texts and ids, newest first. get_contact shows the"
                        + " newest ones as well.",
                READ, Hints.READ,
                List.of(CONTACT_ID, Definitions.PAGE, Definitions.LIMIT),
                Shapes.list("notes", Shapes.NOTE));
    }
}
