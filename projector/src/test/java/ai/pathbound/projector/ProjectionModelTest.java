package ai.pathbound.projector;

import static ai.pathbound.projector.GeneratedHistory.TENANT;
import static org.assertj.core.api.Assertions.assertThat;

import ai.pathbound.projector.GeneratedHistory.Step;
import ai.pathbound.projector.query.Question;
import ai.pathbound.projector.query.Question.BatchActivity;
import ai.pathbound.projector.query.Question.ContactFilter;
import ai.pathbound.projector.query.Question.ContactOrder;
import ai.pathbound.projector.query.Question.ContactSort;
import ai.pathbound.projector.query.Question.ContactTimeline;
import ai.pathbound.projector.query.Question.Entity;
import ai.pathbound.projector.query.Question.EventFilter;
import ai.pathbound.projector.query.Question.EventOrder;
import ai.pathbound.projector.query.Question.EventSort;
import ai.pathbound.projector.query.Question.GetCompany;
import ai.pathbound.projector.query.Question.GetContact;
import ai.pathbound.projector.query.Question.GetEvent;
import ai.pathbound.projector.query.Question.ListContacts;
import ai.pathbound.projector.query.Question.ListEvents;
import ai.pathbound.projector.query.Question.MetricOp;
import ai.pathbound.projector.query.Question.MetricSpec;
import ai.pathbound.projector.query.Question.Page;
import ai.pathbound.projector.query.Question.TimeRange;
import ai.pathbound.schemas.change.CompanyNote;
import ai.pathbound.schemas.change.Contact;
import ai.pathbound.schemas.change.ContactNote;
import ai.pathbound.schemas.change.Conversation;
import ai.pathbound.schemas.change.Event;
import ai.pathbound.schemas.change.Message;
import ai.pathbound.schemas.topics.EntityKind;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/// The projector against [PlainModel] over generated histories, delivered in any order with
/// repetitions. More seeds: `-Dpathbound.seeds=200`.
class ProjectionModelTest {
    private static final int CHANGES = 400;
    /// Changes between two sweeps: what hangs on a deleted owner comes before and after one.
    private static final int SWEPT_EVERY = 60;
    /// Changes between two rounds of questions about sets.
    private static final int ASKED_EVERY = 20;

    static LongStream seeds() {
        return LongStream.range(0, Long.getLong("pathbound.seeds", 12));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void answersAgreeWithTheModel_whateverTheOrder(long seed, @TempDir Path state) {
        List<Step> history = GeneratedHistory.of(seed, CHANGES);
        PlainModel model = new PlainModel(history);
        try (TestProjector projector = new TestProjector(state)) {
            int sent = 0;
            for (Step step : GeneratedHistory.shuffled(history, seed)) {
                projector.send(step.key(), step.value());
                if (++sent % SWEPT_EVERY == 0) {
                    projector.advance(Duration.ofSeconds(1));
                }
            }
            assertThat(projector.deadLetters()).isEmpty();
            compare(projector, model, history);
            // Sweeping away what hung on deleted owners changes no answer.
            projector.advance(Duration.ofSeconds(10));
            compare(projector, model, history);
            for (EntityKind kind : EntityKind.values()) {
                assertThat(projector.stored(TENANT, kind)).as(kind.word())
                        .isEqualTo(model.all(kind).count());
            }
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void answersAgreeWithTheModel_howeverManyChangesAreWrittenAtOnce(long seed,
            @TempDir Path state) {
        List<Step> history = GeneratedHistory.of(seed, CHANGES);
        PlainModel model = new PlainModel(history);
        Random random = new Random(seed);
        try (TestProjector projector = TestProjector.behind(state, random)) {
            for (Step step : GeneratedHistory.shuffled(history, seed)) {
                projector.send(step.key(), step.value());
                switch (random.nextInt(40)) {
                    case 0 -> projector.view(TENANT);
                    case 1 -> projector.advance(Duration.ofSeconds(1));
                    default -> {
                        // Changes come in groups.
                    }
                }
            }
            projector.advance(Duration.ofSeconds(10));
            assertThat(projector.deadLetters()).isEmpty();
            compare(projector, model, history);
            projector.restartTables();
            compare(projector, model, history);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void answersAgreeWithTheModel_whenTablesAreOpenedAgainAndAgain(long seed,
            @TempDir Path state) {
        List<Step> history = GeneratedHistory.of(seed, CHANGES);
        PlainModel model = new PlainModel(history);
        Random random = new Random(seed);
        try (TestProjector projector = new TestProjector(state)) {
            for (Step step : GeneratedHistory.shuffled(history, seed)) {
                projector.send(step.key(), step.value());
                switch (random.nextInt(30)) {
                    case 0 -> projector.restartTables();
                    case 1, 2 -> projector.view(TENANT);
                    case 3, 4 -> projector.advance(Duration.ofSeconds(1));
                    default -> {
                        // Changes come in groups.
                    }
                }
            }
            projector.restartTables();
            compare(projector, model, history);
            projector.advance(Duration.ofSeconds(10));
            projector.restartTables();
            compare(projector, model, history);
        }
    }

    /// The same questions again and again while changes come in: what is remembered of an answer must
    /// not outlive what it was made of.
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void setsAgreeWithTheModel_afterEveryFewChanges(long seed, @TempDir Path state) {
        List<Step> delivered = GeneratedHistory
                .shuffled(GeneratedHistory.of(seed, CHANGES), seed);
        try (TestProjector projector = TestProjector.loadedEarly(state)) {
            for (int sent = 1; sent <= delivered.size(); sent++) {
                Step step = delivered.get(sent - 1);
                projector.send(step.key(), step.value());
                if (sent % ASKED_EVERY == 0) {
                    PlainModel model = new PlainModel(delivered.subList(0, sent));
                    lists(projector, model);
                    joins(projector, new PlainSets(model));
                }
            }
        }
    }

    /// What depends on who owns what.
    private static void joins(TestProjector projector, PlainSets sets) {
        assertThat(perKey(projector, Entity.EVENTS, "contact_id"))
                .isEqualTo(perKey(sets.events(), "contact_id"));
        assertThat(perKey(projector, Entity.EVENTS, "company_id"))
                .isEqualTo(perKey(sets.events(), "company_id"));
        assertThat(perKey(projector, Entity.CONTACTS, "company_id"))
                .isEqualTo(perKey(sets.contacts(), "company_id"));
        assertThat(perKey(projector, Entity.CONTACTS, "score"))
                .isEqualTo(perKey(sets.contacts(), "score"));
        assertThat(perKey(projector, Entity.COMPANIES, "name"))
                .isEqualTo(perKey(sets.companies(), "name"));
    }

    private static Map<String, Long> perKey(TestProjector projector, Entity entity, String field) {
        JsonNode groups = projector.json(
                TENANT,
                new Question.Aggregate(entity, List.of(field), Optional.empty(), ZoneOffset.UTC,
                        List.of(new MetricSpec(MetricOp.COUNT, Optional.empty())), List.of(),
                        TimeRange.ALL, Optional.empty(), true, 1000))
                .at("/groups");
        return StreamSupport.stream(groups.spliterator(), false)
                .collect(
                        Collectors.toMap(
                                group -> group.at("/key/" + field).toString(),
                                group -> group.at("/count").asLong()));
    }

    private static Map<String, Long> perKey(List<PlainRow> rows, String field) {
        return rows.stream()
                .collect(
                        Collectors.groupingBy(
                                row -> PlainValues.json(row.get(field)),
                                Collectors.counting()));
    }

    private static void compare(TestProjector projector, PlainModel model, List<Step> history) {
        for (String id : ids(history, EntityKind.CONTACT)) {
            contact(projector, model, id);
        }
        for (String id : ids(history, EntityKind.COMPANY)) {
            company(projector, model, id);
        }
        for (String id : ids(history, EntityKind.EVENT)) {
            event(projector, model, id);
        }
        lists(projector, model);
    }

    private static List<String> ids(List<Step> history, EntityKind kind) {
        return history.stream()
                .map(Step::key)
                .filter(key -> key.kind() == kind)
                .map(key -> key.id())
                .distinct()
                .toList();
    }

    private static void contact(TestProjector projector, PlainModel model, String id) {
        JsonNode answer = projector.json(TENANT, new GetContact(id));
        Optional<Step> expected = model.find(EntityKind.CONTACT, id);
        assertThat(answer.isMissingNode()).as(id).isEqualTo(expected.isEmpty());
        if (expected.isEmpty()) {
            return;
        }
        Contact contact = (Contact) expected.get().body();
        assertThat(answer.at("/contact/version").asLong()).isEqualTo(expected.get().version());
        assertThat(answer.at("/contact/properties/score").asString())
                .isEqualTo(property(contact, "score"));
        assertThat(text(answer.at("/company/company_id")))
                .isEqualTo(model.companyOf(contact).orElse(null));
        List<String> events = model.eventsOf(id).stream().map(step -> step.key().id()).toList();
        assertThat(texts(answer.at("/recent_events"), "event_id"))
                .isEqualTo(events.stream().limit(20).toList());
        assertThat(texts(answer.at("/notes"), "note_id"))
                .containsExactlyInAnyOrderElementsOf(
                        model.all(EntityKind.CONTACT_NOTE)
                                .filter(n -> ((ContactNote) n.body()).getContactId().equals(id))
                                .map(n -> n.key().id())
                                .toList());
        JsonNode talks = projector.json(
                TENANT,
                new Question.ContactConversations(id, true, new Page(1, 100)));
        assertThat(texts(talks.at("/conversations"), "conversation_id"))
                .containsExactlyInAnyOrderElementsOf(
                        model.all(EntityKind.CONVERSATION)
                                .filter(c -> ((Conversation) c.body()).getContactId().equals(id))
                                .map(c -> c.key().id())
                                .toList());
        for (JsonNode talk : talks.at("/conversations")) {
            String conversation = talk.at("/conversation_id").asString();
            assertThat(texts(talk.at("/messages"), "message_id"))
                    .containsExactlyInAnyOrderElementsOf(
                            model.all(EntityKind.MESSAGE)
                                    .filter(
                                            m -> ((Message) m.body()).getConversationId()
                                                    .equals(conversation))
                                    .map(m -> m.key().id())
                                    .toList());
        }
        assertThat(timelineEvents(projector, id)).isEqualTo(events);
        JsonNode activity = projector
                .json(TENANT, new BatchActivity(List.of(id), 5, TimeRange.ALL))
                .at("/activity/" + id);
        assertThat(activity.at("/total_events").asInt()).isEqualTo(events.size());
        assertThat(texts(activity.at("/events"), "id"))
                .isEqualTo(events.stream().limit(5).toList());
    }

    /// Events of the timeline, paged through three at a time.
    private static List<String> timelineEvents(TestProjector projector, String id) {
        List<String> events = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        do {
            JsonNode page = projector
                    .json(TENANT, new ContactTimeline(id, TimeRange.ALL, 3, cursor));
            for (JsonNode entry : page.at("/entries")) {
                if (entry.at("/type").asString().equals("event")) {
                    events.add(entry.at("/id").asString());
                }
            }
            cursor = Optional.ofNullable(text(page.at("/next")));
        } while (cursor.isPresent());
        return events;
    }

    private static void company(TestProjector projector, PlainModel model, String id) {
        JsonNode answer = projector.json(TENANT, new GetCompany(id));
        assertThat(answer.isMissingNode())
                .isEqualTo(model.find(EntityKind.COMPANY, id).isEmpty());
        if (answer.isMissingNode()) {
            return;
        }
        List<String> contacts = model.all(EntityKind.CONTACT)
                .filter(c -> id.equals(((Contact) c.body()).getCompanyId()))
                .map(c -> c.key().id())
                .toList();
        assertThat(texts(answer.at("/contacts"), "contact_id"))
                .containsExactlyInAnyOrderElementsOf(contacts);
        assertThat(answer.at("/contact_count").asInt()).isEqualTo(contacts.size());
        assertThat(texts(answer.at("/notes"), "note_id"))
                .containsExactlyInAnyOrderElementsOf(
                        model.all(EntityKind.COMPANY_NOTE)
                                .filter(n -> ((CompanyNote) n.body()).getCompanyId().equals(id))
                                .map(n -> n.key().id())
                                .toList());
    }

    private static void event(TestProjector projector, PlainModel model, String id) {
        JsonNode answer = projector.json(TENANT, new GetEvent(id));
        Optional<Step> expected = model.find(EntityKind.EVENT, id);
        assertThat(answer.isMissingNode()).isEqualTo(expected.isEmpty());
        expected.ifPresent(
                step -> assertThat(text(answer.at("/event/contact/contact_id")))
                        .isEqualTo(model.owner((Event) step.body()).orElse(null)));
    }

    private static void lists(TestProjector projector, PlainModel model) {
        assertThat(count(projector, contacts(Optional.empty())))
                .isEqualTo(model.all(EntityKind.CONTACT).count());
        assertThat(count(projector, contacts(Optional.of("spain")))).isEqualTo(
                model.all(EntityKind.CONTACT)
                        .filter(
                                c -> property((Contact) c.body(), "country").equals("Spain"))
                        .count());
        assertThat(count(projector, events(false)))
                .isEqualTo(model.all(EntityKind.EVENT).count());
        assertThat(count(projector, events(true))).isEqualTo(
                model.all(EntityKind.EVENT)
                        .filter(e -> model.owner((Event) e.body()).isPresent())
                        .count());
        var names = model.all(EntityKind.EVENT)
                .collect(
                        Collectors.groupingBy(
                                e -> ((Event) e.body()).getName(),
                                Collectors.counting()));
        JsonNode types = projector.json(TENANT, new Question.EventTypes()).at("/event_types");
        assertThat(types).hasSize(names.size());
        for (JsonNode type : types) {
            assertThat(type.at("/count").asLong())
                    .isEqualTo(names.get(type.at("/event").asString()));
        }
    }

    private static String property(Contact contact, String name) {
        return String.valueOf(
                Objects.requireNonNull(contact.getProperties().get(name)).getValue());
    }

    private static Question contacts(Optional<String> country) {
        return new ListContacts(
                new ContactFilter(Optional.empty(), Optional.empty(), Optional.empty(), country,
                        Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
                        Optional.empty(), Optional.empty(), TimeRange.ALL, Optional.empty()),
                new ContactSort(ContactOrder.CREATEDATE, true), new Page(1, 20), true, false,
                false);
    }

    private static Question events(boolean identifiedOnly) {
        return new ListEvents(
                new EventFilter(Optional.empty(), Optional.empty(), Optional.empty(),
                        Optional.empty(), TimeRange.ALL, identifiedOnly, Optional.empty(),
                        Optional.empty()),
                new EventSort(EventOrder.TIMESTAMP, true), new Page(1, 20), true, false, false);
    }

    private static long count(TestProjector projector, Question question) {
        return projector.json(TENANT, question).at("/count").asLong();
    }

    private static List<String> texts(JsonNode array, String member) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(item -> item.at("/" + member).asString())
                .toList();
    }

    private static @Nullable String text(JsonNode node) {
        return node.isMissingNode() || node.isNull() ? null : node.asString();
    }
}
