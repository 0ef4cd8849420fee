package ai.pathbound.projector;

import static ai.pathbound.projector.GeneratedHistory.TENANT;
import static org.assertj.core.api.Assertions.assertThat;

import ai.pathbound.projector.GeneratedHistory.Step;
import ai.pathbound.projector.query.Answer;
import ai.pathbound.projector.query.Question;
import ai.pathbound.projector.query.Question.ContactFilter;
import ai.pathbound.projector.query.Question.ContactOrder;
import ai.pathbound.projector.query.Question.ContactSort;
import ai.pathbound.projector.query.Question.Entity;
import ai.pathbound.projector.query.Question.EventFilter;
import ai.pathbound.projector.query.Question.EventOrder;
import ai.pathbound.projector.query.Question.EventSort;
import ai.pathbound.projector.query.Question.MetricOp;
import ai.pathbound.projector.query.Question.MetricSpec;
import ai.pathbound.projector.query.Question.Page;
import ai.pathbound.projector.query.Question.TimeRange;
import ai.pathbound.projector.tables.CopyTables;
import ai.pathbound.schemas.topics.ChangeKey;
import ai.pathbound.schemas.topics.EntityKind;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Tenants whose rows lie in one store, under the same ids: each is answered as if it were alone, and
/// asking for what a stranger has costs what asking for what nobody has costs.
class StrangersTest {
    /// Of its name [GeneratedHistory#TENANT] is the beginning.
    private static final String STRANGER = TENANT + "2";
    private static final int CHANGES = 250;
    private static final Page PAGE = new Page(1, 100);
    private static final EventFilter ALL_EVENTS = new EventFilter(Optional.empty(),
            Optional.empty(), Optional.empty(), Optional.empty(), TimeRange.ALL, false,
            Optional.empty(), Optional.empty());

    static LongStream seeds() {
        return LongStream.range(0, Long.getLong("pathbound.seeds", 4));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void eachIsAnsweredAsIfAlone(long seed,
            @TempDir Path a,
            @TempDir Path b,
            @TempDir Path c) {
        List<Step> ours = GeneratedHistory.of(seed, CHANGES);
        List<Step> theirs = GeneratedHistory.of(seed + 1_000, CHANGES)
                .stream()
                .map(StrangersTest::ofStranger)
                .toList();
        Random random = new Random(seed);
        try (TestProjector both = TestProjector.loadedEarly(a);
                TestProjector one = TestProjector.loadedEarly(b);
                TestProjector other = TestProjector.loadedEarly(c)) {
            for (int i = 0; i < CHANGES; i++) {
                both.send(ours.get(i).key(), ours.get(i).value());
                one.send(ours.get(i).key(), ours.get(i).value());
                both.send(theirs.get(i).key(), theirs.get(i).value());
                other.send(theirs.get(i).key(), theirs.get(i).value());
                switch (random.nextInt(30)) {
                    // What is stored of tables is read again.
                    case 0 -> both.restartTables();
                    case 1, 2 -> {
                        both.view(TENANT);
                        both.view(STRANGER);
                    }
                    case 3, 4 -> both.advance(Duration.ofSeconds(1));
                    default -> {
                        // Changes come in groups.
                    }
                }
                if (i % 50 == 49) {
                    assertSame(both, one, TENANT);
                    assertSame(both, other, STRANGER);
                }
            }
            both.advance(Duration.ofSeconds(10));
            both.restartTables();
            assertSame(both, one, TENANT);
            assertSame(both, other, STRANGER);
            CopyTables copies = new CopyTables(16, Runnable::run);
            assertCopied(both, copies, one, TENANT);
            assertCopied(both, copies, other, STRANGER);
        }
    }

    private static void assertCopied(TestProjector both,
            CopyTables copies,
            TestProjector alone,
            String tenant) {
        assertThat(StoredTablesTest.rows(both.copy(copies, tenant).events()))
                .isEqualTo(StoredTablesTest.rows(alone.view(tenant).events()));
        assertThat(StoredTablesTest.rows(both.copy(copies, tenant).contacts()))
                .isEqualTo(StoredTablesTest.rows(alone.view(tenant).contacts()));
    }

    private static Step ofStranger(Step step) {
        return new Step(new ChangeKey(STRANGER, step.key().kind(), step.key().id()), step.version(),
                step.body(), step.tombstone());
    }

    /// Asked twice: the second time answers are remembered.
    private static void assertSame(TestProjector both, TestProjector alone, String tenant) {
        for (Question question : everything()) {
            String should = text(alone.ask(tenant, question));
            assertThat(text(both.ask(tenant, question))).as(question.toString()).isEqualTo(should);
            assertThat(text(both.ask(tenant, question))).as(question.toString()).isEqualTo(should);
        }
    }

    private static String text(Answer answer) {
        return answer instanceof Answer.Found found
                ? new String(found.json().utf8(), StandardCharsets.UTF_8)
                : answer.getClass().getSimpleName();
    }

    private static List<Question> everything() {
        List<Question> questions = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            questions.addAll(about("ct_" + i, "co_" + i, "evt_" + i));
        }
        questions.add(contacts("acme"));
        questions.add(
                new Question.ListEvents(ALL_EVENTS, new EventSort(EventOrder.TIMESTAMP, true), PAGE,
                        false, true, true));
        questions.add(new Question.EventTypes());
        questions.add(new Question.Outline());
        for (Entity entity : Entity.values()) {
            questions.add(perKey(entity, "company_id"));
            questions.add(perKey(entity, "contact_id"));
        }
        return questions;
    }

    private static Question contacts(String search) {
        return new Question.ListContacts(
                new ContactFilter(Optional.empty(), Optional.empty(), Optional.empty(),
                        Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
                        Optional.empty(), Optional.empty(), Optional.empty(), TimeRange.ALL,
                        Optional.of(search)),
                new ContactSort(ContactOrder.EMAIL, false), PAGE, false, true, true);
    }

    private static Question perKey(Entity entity, String field) {
        return new Question.Aggregate(entity, List.of(field), Optional.empty(), ZoneOffset.UTC,
                List.of(new MetricSpec(MetricOp.COUNT, Optional.empty())), List.of(), TimeRange.ALL,
                Optional.empty(), true, 100);
    }

    private static List<Question> about(String contact, String company, String event) {
        return List.of(
                new Question.GetContact(contact),
                new Question.ContactTimeline(contact, TimeRange.ALL, 10, Optional.empty()),
                new Question.ContactConversations(contact, true, PAGE),
                new Question.ContactEmailThreads(contact, PAGE),
                new Question.ContactNotes(contact, PAGE),
                new Question.GetCompany(company),
                new Question.CompanyNotes(company, PAGE),
                new Question.GetEvent(event),
                new Question.BatchDetails(Question.BatchEntity.CONTACTS, List.of(contact)),
                new Question.BatchDetails(Question.BatchEntity.COMPANIES, List.of(company)),
                new Question.BatchActivity(List.of(contact), 5, TimeRange.ALL));
    }

    @Test
    void strangersIds_costWhatMissingOnesCost(@TempDir Path state, @TempDir Path meter) {
        try (TestProjector projector = new TestProjector(state);
                StoreWork work = new StoreWork(meter)) {
            GeneratedHistory.of(1, CHANGES)
                    .forEach(step -> projector.send(step.key(), step.value()));
            has(projector, STRANGER);
            has(projector, TENANT + "-other");
            List<Question> theirs = about("ct_hidden", "co_hidden", "evt_hidden");
            List<Question> nobodys = about("ct_absent", "co_absent", "evt_absent");
            for (int i = 0; i < theirs.size(); i++) {
                Question question = theirs.get(i);
                List<Long> hidden = work.of(() -> projector.ask(TENANT, question));
                Question missing = nobodys.get(i);
                assertThat(hidden).as(question.toString())
                        .isEqualTo(work.of(() -> projector.ask(TENANT, missing)));
                // It is the stranger's: there is more to read for those who may.
                assertThat(work.of(() -> projector.ask(STRANGER, question)))
                        .as(question.toString())
                        .isNotEqualTo(hidden);
            }
        }
    }

    private static void has(TestProjector projector, String tenant) {
        send(
                projector,
                tenant,
                EntityKind.COMPANY,
                "co_hidden",
                Changes.company(Map.of("name", "Firm"), Changes.START));
        send(
                projector,
                tenant,
                EntityKind.COMPANY_NOTE,
                "conote_hidden",
                Changes.companyNote("co_hidden", "Big one", Changes.START));
        send(
                projector,
                tenant,
                EntityKind.CONTACT,
                "ct_hidden",
                Changes.contact(
                        Map.of("email", "a@b.test"),
                        "co_hidden",
                        Changes.START,
                        List.of("vis_hidden")));
        send(
                projector,
                tenant,
                EntityKind.CONTACT_NOTE,
                "note_hidden",
                Changes.note("ct_hidden", "Said so", Changes.START));
        send(
                projector,
                tenant,
                EntityKind.CONVERSATION,
                "conv_hidden",
                Changes.conversation("ct_hidden", "gmail", Changes.START));
        send(
                projector,
                tenant,
                EntityKind.EVENT,
                "evt_hidden",
                Changes.event("page_view", Changes.START, null, "vis_hidden", Map.of()));
    }

    private static void send(TestProjector projector,
            String tenant,
            EntityKind kind,
            String id,
            Object body) {
        ChangeKey key = new ChangeKey(tenant, kind, id);
        projector.send(key, Changes.encode(key, 1, body));
    }
}
