package ai.pathbound.projector;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pathbound.projector.query.Answer;
import ai.pathbound.projector.query.Question;
import ai.pathbound.projector.query.Question.BatchEntity;
import ai.pathbound.projector.query.Question.Condition;
import ai.pathbound.projector.query.Question.ContactFilter;
import ai.pathbound.projector.query.Question.ContactOrder;
import ai.pathbound.projector.query.Question.ContactSort;
import ai.pathbound.projector.query.Question.Entity;
import ai.pathbound.projector.query.Question.EventFilter;
import ai.pathbound.projector.query.Question.EventOrder;
import ai.pathbound.projector.query.Question.EventSort;
import ai.pathbound.projector.query.Question.Interval;
import ai.pathbound.projector.query.Question.MetricOp;
import ai.pathbound.projector.query.Question.MetricSpec;
import ai.pathbound.projector.query.Question.Operator;
import ai.pathbound.projector.query.Question.Page;
import ai.pathbound.projector.query.Question.TimeRange;
import ai.pathbound.projector.query.WorkDone;
import ai.pathbound.schemas.topics.ChangeKey;
import ai.pathbound.schemas.topics.EntityKind;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What answers may take, counted rather than timed, so that more work shows on any machine: look-ups
/// and scans in RocksDB, parts of tables and rows read, bytes answered and bytes allocated. The budgets
/// are what was counted when they were written, that of allocations half as much again.
///
/// The account has 300 contacts and 6,000 events of 60 days in 24 parts of a table.
class WorkBudgetTest {
    private static final String TENANT = "acme";
    private static final int CONTACTS = 300;
    private static final int EVENTS = 6_000;
    private static final int ROWS_PER_SEGMENT = 256;
    private static final int WARMED_BY = 40;
    private static final Duration APART = Duration.ofMinutes(14);
    private static final Instant END = Changes.START.plus(APART.multipliedBy(EVENTS));
    private static final MetricSpec COUNT = new MetricSpec(MetricOp.COUNT, Optional.empty());
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory
            .getThreadMXBean();

    @TempDir
    private static Path cold;
    @TempDir
    private static Path warm;
    private static TestProjector forgetting;
    private static TestProjector remembering;

    @BeforeAll
    static void fill() {
        forgetting = new TestProjector(cold, ROWS_PER_SEGMENT, 1 << 20);
        remembering = TestProjector.remembering(warm, ROWS_PER_SEGMENT);
        fill(forgetting);
        fill(remembering);
    }

    private static void fill(TestProjector projector) {
        for (int i = 0; i < CONTACTS; i++) {
            send(
                    projector,
                    EntityKind.CONTACT,
                    "ct_" + i,
                    Changes.contact(
                            Map.of(
                                    "email",
                                    "ana" + i + "@acme.test",
                                    "country",
                                    i % 3 == 0 ? "Spain" : "Peru",
                                    "lifecyclestage",
                                    i % 5 == 0 ? "customer" : "lead"),
                            "co_" + i % 20,
                            Changes.START.plusSeconds(i),
                            List.of("vis_" + i)));
        }
        for (int i = 0; i < 20; i++) {
            send(
                    projector,
                    EntityKind.COMPANY,
                    "co_" + i,
                    Changes.company(Map.of("name", "Company " + i), Changes.START));
        }
        for (int i = 0; i < EVENTS; i++) {
            send(
                    projector,
                    EntityKind.EVENT,
                    "evt_" + i,
                    Changes.event(
                            i % 4 == 0 ? "signup" : "page_view",
                            Changes.START.plus(APART.multipliedBy(i)),
                            i % 2 == 0 ? "ct_" + i % CONTACTS : null,
                            "vis_" + i % CONTACTS,
                            Map.of("amount", (long) i % 50)));
        }
        projector.ask(TENANT, new Question.EventTypes());
    }

    private static void send(TestProjector projector, EntityKind kind, String id, Object body) {
        ChangeKey key = new ChangeKey(TENANT, kind, id);
        projector.send(key, Changes.encode(key, 1, body));
    }

    @AfterAll
    static void end() {
        forgetting.close();
        remembering.close();
    }

    /// What one answer may take.
    ///
    /// @param bytes of the answer
    /// @param allocated bytes of objects made for it
    record Budget(WorkDone work, long bytes, long allocated) {
        static Budget of(long gets,
                long scans,
                long visited,
                long parts,
                long rows,
                long bytes,
                long allocated) {
            return new Budget(new WorkDone(gets, scans, visited, parts, rows), bytes, allocated);
        }
    }

    record Case(String name, Question question, Budget cold, Budget warm) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Case> cases() {
        return List.of(
                new Case("get_contact", new Question.GetContact("ct_4"),
                        Budget.of(22, 4, 21, 0, 0, 7016, 110_000),
                        Budget.of(22, 4, 21, 0, 0, 7016, 110_000)),
                new Case("get_contact_timeline",
                        new Question.ContactTimeline("ct_4", TimeRange.ALL, 20, Optional.empty()),
                        Budget.of(1, 3, 21, 0, 0, 2853, 43_500),
                        Budget.of(1, 3, 21, 0, 0, 2853, 43_500)),
                new Case("batch_get_details of 10",
                        new Question.BatchDetails(BatchEntity.CONTACTS,
                                IntStream.range(0, 10).mapToObj(i -> "ct_" + i).toList()),
                        Budget.of(20, 0, 0, 0, 0, 3583, 62_500),
                        Budget.of(20, 0, 0, 0, 0, 3583, 62_500)),
                new Case("list_contacts, filter and sort",
                        new Question.ListContacts(contacts("Spain", ""),
                                new ContactSort(ContactOrder.EMAIL, false), new Page(2, 20), false,
                                true, false),
                        Budget.of(20, 60, 60, 3, 300, 3825, 370_000),
                        Budget.of(20, 60, 60, 0, 0, 3825, 209_000)),
                new Case("list_contacts, search",
                        new Question.ListContacts(contacts("", "ana17"),
                                new ContactSort(ContactOrder.CREATEDATE, true), new Page(1, 20),
                                false, true, false),
                        Budget.of(11, 33, 33, 1, 256, 2155, 286_000),
                        Budget.of(11, 33, 33, 0, 0, 2155, 121_000)),
                new Case("list_events, newest of all",
                        new Question.ListEvents(events(TimeRange.ALL),
                                new EventSort(EventOrder.TIMESTAMP, true), new Page(1, 20), false,
                                true, false),
                        Budget.of(30, 10, 10, 27, 6000, 2907, 351_000),
                        Budget.of(30, 10, 10, 0, 0, 2907, 149_000)),
                new Case("get_event_types", new Question.EventTypes(),
                        Budget.of(0, 0, 0, 27, 6000, 242, 124_000),
                        Budget.of(0, 0, 0, 4, 112, 242, 37_000)),
                new Case("get_event_stats by day",
                        new Question.EventStats(events(TimeRange.ALL), Optional.empty(), false,
                                Optional.of(Interval.DAY), ZoneOffset.UTC),
                        Budget.of(0, 0, 0, 135, 30_000, 3116, 3_122_000),
                        Budget.of(0, 0, 0, 20, 560, 3116, 558_000)),
                new Case("events by name",
                        aggregate(List.of("event"), COUNT, List.of(), TimeRange.ALL),
                        Budget.of(0, 0, 0, 0, 0, 219, 37_000),
                        Budget.of(0, 0, 0, 0, 0, 219, 27_000)),
                new Case("events by URL, 7 days of one name",
                        aggregate(List.of("url"),
                                COUNT,
                                List.of(
                                        new Condition("event", Operator.EQ, List.of("signup"))),
                                new TimeRange(Optional.of(END.minus(Duration.ofDays(7))),
                                        Optional.empty())),
                        Budget.of(0, 0, 0, 4, 1024, 191, 261_000),
                        Budget.of(0, 0, 0, 0, 0, 191, 36_000)),
                new Case("distinct contacts by event name",
                        aggregate(List.of("event"),
                                new MetricSpec(MetricOp.COUNT_DISTINCT,
                                        Optional.of("contact_id")),
                                List.of(),
                                TimeRange.ALL),
                        Budget.of(0, 0, 0, 27, 6000, 257, 154_000),
                        Budget.of(0, 0, 0, 4, 112, 257, 43_000)),
                new Case("sum of a number by name",
                        aggregate(List.of("event"),
                                new MetricSpec(MetricOp.SUM,
                                        Optional.of("properties.amount")),
                                List.of(),
                                TimeRange.ALL),
                        Budget.of(0, 0, 0, 27, 6000, 272, 118_000),
                        Budget.of(0, 0, 0, 4, 112, 272, 39_000)),
                new Case("count of a URL's part",
                        aggregate(List.of(),
                                COUNT,
                                List.of(
                                        new Condition("url", Operator.CONTAINS,
                                                List.of("/signup"))),
                                TimeRange.ALL),
                        Budget.of(0, 0, 0, 27, 6000, 153, 68_000),
                        Budget.of(0, 0, 0, 4, 112, 153, 27_000)));
    }

    private static EventFilter events(TimeRange range) {
        return new EventFilter(Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.empty(), range, false, Optional.empty(), Optional.empty());
    }

    private static ContactFilter contacts(String country, String search) {
        Optional<String> none = Optional.empty();
        return new ContactFilter(Optional.empty(), none, none,
                Optional.of(country).filter(text -> !text.isEmpty()), none, none, none, none,
                Optional.empty(), none, TimeRange.ALL,
                Optional.of(search).filter(text -> !text.isEmpty()));
    }

    private static Question aggregate(List<String> fields,
            MetricSpec metric,
            List<Condition> conditions,
            TimeRange range) {
        return new Question.Aggregate(Entity.EVENTS, fields, Optional.empty(), ZoneOffset.UTC,
                List.of(metric), conditions, range, Optional.empty(), true, 20);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void answer_staysWithinItsBudget_whenNothingIsRemembered(Case one) {
        holds(forgetting, one.question(), one.cold());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void answer_staysWithinItsBudget_whenAskedAgain(Case one) {
        holds(remembering, one.question(), one.warm());
    }

    private static void holds(TestProjector projector, Question question, Budget budget) {
        for (int i = 0; i < WARMED_BY; i++) {
            projector.ask(TENANT, question);
        }
        WorkDone before = projector.workDone();
        long allocatedBefore = THREADS.getCurrentThreadAllocatedBytes();
        Answer answer = projector.ask(TENANT, question);
        long allocated = THREADS.getCurrentThreadAllocatedBytes() - allocatedBefore;
        WorkDone work = projector.workDone().since(before);
        assertThat(answer).isInstanceOf(Answer.Found.class);
        long bytes = ((Answer.Found) answer).json().utf8().length;
        String counted = "counted: %s, %d bytes, %d bytes allocated"
                .formatted(work, bytes, allocated);
        WorkDone most = budget.work();
        assertThat(work.gets()).as(counted).isLessThanOrEqualTo(most.gets());
        assertThat(work.scans()).as(counted).isLessThanOrEqualTo(most.scans());
        assertThat(work.visited()).as(counted).isLessThanOrEqualTo(most.visited());
        assertThat(work.parts()).as(counted).isLessThanOrEqualTo(most.parts());
        assertThat(work.scanned()).as(counted).isLessThanOrEqualTo(most.scanned());
        assertThat(bytes).as(counted).isLessThanOrEqualTo(budget.bytes());
        assertThat(allocated).as(counted).isLessThanOrEqualTo(budget.allocated());
    }
}
