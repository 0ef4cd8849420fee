package ai.pathbound.sandbox.questions;

import static ai.pathbound.sandbox.questions.Ask.args;
import static ai.pathbound.sandbox.questions.Ask.ask;
import static ai.pathbound.sandbox.questions.Scene.MONTH_AGO;
import static ai.pathbound.sandbox.questions.Scene.count;
import static ai.pathbound.sandbox.questions.Scene.since;

import ai.pathbound.sandbox.questions.Book.Deed;
import ai.pathbound.sandbox.questions.Book.Note;
import ai.pathbound.sandbox.questions.Book.Person;
import ai.pathbound.sandbox.questions.Book.Talk;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// What people who help customers ask about one person.
final class SupportQuestions {
    private final Scene scene;
    private final Person person;

    SupportQuestions(Scene scene) {
        this.scene = scene;
        person = scene.talker();
    }

    List<Ask> all() {
        return List.of(
                lastTalk(),
                threads(),
                notes(),
                companyNotes(),
                beforeWriting(),
                machine(),
                lastForm(),
                docs(),
                details(),
                openChats());
    }

    private Ask lastTalk() {
        return ask("What did they write to us last?")
                .call("get_contact_conversations",
                        "contact_id",
                        person.id(),
                        "include_messages",
                        true,
                        "limit",
                        1)
                .read(
                        answer -> answer.at("/conversations/0/messages")
                                .valueStream()
                                .map(message -> message.path("body").asString())
                                .toList())
                .expect(
                        scene.mail()
                                .messages()
                                .stream()
                                .map(message -> message.getBody())
                                .toList());
    }

    private Ask threads() {
        return ask("Which e-mail threads do we have with them?")
                .call("list_contact_email_threads", "contact_id", person.id())
                .read(Read.list("/email_threads", "subject"))
                .expect(
                        talks().stream()
                                .filter(talk -> talk.is().getChannel().equals("gmail"))
                                .map(talk -> talk.is().getSubject())
                                .toList());
    }

    private List<Talk> talks() {
        return scene.book()
                .talks()
                .stream()
                .filter(talk -> talk.person().equals(person.id()))
                .sorted(Comparator.comparing((Talk talk) -> talk.is().getLastMessageAt())
                        .reversed())
                .toList();
    }

    private Ask notes() {
        Note any = scene.book()
                .notes()
                .stream()
                .filter(note -> note.owner().startsWith("ct_"))
                .findFirst()
                .orElseThrow();
        return ask("What did colleagues note about this contact?")
                .call("list_contact_notes", "contact_id", any.owner())
                .read(Read.list("/notes", "content"))
                .expect(notesOn(any.owner()));
    }

    private Ask companyNotes() {
        return ask("What did colleagues note about " + scene.firm().text("name") + "?")
                .call("list_company_notes", "company_id", scene.firm().id())
                .read(Read.list("/notes", "content"))
                .expect(notesOn(scene.firm().id()));
    }

    private List<String> notesOn(String owner) {
        return scene.book()
                .notes()
                .stream()
                .filter(note -> note.owner().equals(owner))
                .map(Note::content)
                .toList();
    }

    private Ask beforeWriting() {
        Instant wrote = scene.mail().is().getStartedAt();
        Instant before = wrote.minus(30, ChronoUnit.DAYS);
        return ask("What did they do on our site in the 30 days before they wrote?")
                .call("get_contact_conversations", "contact_id", person.id(), "limit", 1)
                .then(
                        "get_contact_timeline",
                        answer -> args(
                                "contact_id",
                                person.id(),
                                "date_after",
                                Instant.parse(
                                        answer.at("/conversations/0/started_at").asString())
                                        .minus(30, ChronoUnit.DAYS)
                                        .toString(),
                                "date_before",
                                answer.at("/conversations/0/started_at").asString(),
                                "limit",
                                100))
                .read(
                        answer -> answer.path("entries")
                                .valueStream()
                                .filter(entry -> entry.path("type").asString().equals("event"))
                                .map(entry -> entry.path("id").asString())
                                .toList())
                .expect(
                        scene.eventsOf(person)
                                .filter(event -> event.within(before, wrote))
                                .map(Deed::id)
                                .toList());
    }

    private Ask machine() {
        Person busy = scene.busiest();
        return ask("Which browsers and systems does this contact use?")
                .call("aggregate_data",
                        "entity",
                        "events",
                        "group_by",
                        List.of("browser", "os"),
                        "filters",
                        args("contact_id", busy.id()))
                .read(
                        answer -> answer.path("groups")
                                .valueStream()
                                .map(
                                        group -> Read.key(group, "browser") + " on "
                                                + Read.key(group, "os"))
                                .collect(Collectors.toCollection(TreeSet::new)))
                .expect(
                        scene.eventsOf(busy)
                                .map(
                                        event -> event.is().getBrowser() + " on "
                                                + event.is().getOs())
                                .collect(Collectors.toCollection(TreeSet::new)));
    }

    private Ask lastForm() {
        Deed form = scene.events(event -> event.is("form_submit") && event.person().isPresent())
                .findFirst()
                .orElseThrow();
        return ask("Who sent the newest form, and which form was it?")
                .call("list_events",
                        "event_type",
                        "form_submit",
                        "identified_only",
                        true,
                        "limit",
                        1)
                .read(
                        answer -> answer.at("/events/0/contact/email").asString() + " "
                                + answer.at("/events/0/data/formId").asString())
                .expect(
                        scene.book().owner(form).orElseThrow().text("email") + " "
                                + form.data().get("formId"));
    }

    private Ask docs() {
        Person busy = scene.busiest();
        return ask("How often were they in the docs in the last 30 days?")
                .call("list_events",
                        "contact_id",
                        busy.id(),
                        "url_contains",
                        "/docs",
                        "date_after",
                        MONTH_AGO,
                        "count_only",
                        true)
                .read(Read.number("/count"))
                .expect(
                        scene.eventsOf(busy)
                                .filter(since(MONTH_AGO))
                                .filter(event -> event.path().contains("/docs"))
                                .count());
    }

    private Ask details() {
        List<String> ids = List.of(person.id(), scene.busiest().id(), "ct_nobody");
        return ask("Which of these ids are contacts, and what are their jobs?")
                .call("batch_get_details", "entity_type", "contacts", "ids", ids)
                .read(
                        answer -> answer.path("contacts")
                                .valueStream()
                                .map(contact -> contact.at("/properties/jobtitle").asString())
                                .toList() + " not " + answer.path("missing_ids").get(0).asString())
                .expect(
                        List.of(person.text("jobtitle"), scene.busiest().text("jobtitle"))
                                + " not ct_nobody");
    }

    private Ask openChats() {
        Talk open = scene.book()
                .talks()
                .stream()
                .filter(talk -> "open".equals(talk.is().getState()))
                .min(Comparator.comparing(Talk::id))
                .orElseThrow();
        return ask("Is there still an open chat with this contact?")
                .call("get_contact_conversations", "contact_id", open.person())
                .read(
                        answer -> answer.path("conversations")
                                .valueStream()
                                .filter(talk -> talk.path("state").asString("").equals("open"))
                                .map(talk -> talk.path("conversation_id").asString())
                                .collect(Collectors.toCollection(TreeSet::new)))
                .expect(
                        count(
                                scene.book()
                                        .talks()
                                        .stream()
                                        .filter(talk -> talk.person().equals(open.person()))
                                        .filter(talk -> "open".equals(talk.is().getState())),
                                Talk::id).keySet());
    }
}
