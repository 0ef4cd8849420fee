package ai.pathbound.projector.columns.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.pathbound.projector.columns.Dictionary;
import ai.pathbound.projector.columns.History;
import ai.pathbound.projector.columns.Seeds;
import ai.pathbound.projector.columns.TableView;
import ai.pathbound.projector.columns.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class QueryEngineTest {
    static LongStream seeds() {
        return Seeds.seeds();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void answers_ofGeneratedQuestions_agreeWithTheSlowModel(long seed) {
        History history = new History(seed);
        for (int round = 0; round < 3; round++) {
            history.run(250);
            Derived derived = new Derived(history);
            assertAgreement(
                    QueryEngine.simple().with(thresholds(history.random)),
                    history.table.view(),
                    derived,
                    new SlowModel(history.model.rows(), derived::of),
                    history);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void answers_splitAndRemembered_agreeWithTheSlowModel(long seed) {
        History history = new History(1_000 + seed);
        try (ExecutorService executor = Executors.newFixedThreadPool(2)) {
            QueryEngine engine = QueryEngine.parallel(executor, 3, 8 << 20)
                    .with(thresholds(history.random));
            Derived derived = null;
            List<GroupQuery> asked = new ArrayList<>();
            List<PageQuery> pages = new ArrayList<>();
            for (int round = 0; round < 4; round++) {
                history.run(round == 0 ? 1_500 : 40);
                derived = derived == null ? new Derived(history) : derived;
                SlowModel model = new SlowModel(history.model.rows(), derived::of);
                TableView view = history.table.view();
                if (asked.isEmpty()) {
                    Questions questions = new Questions(history.random,
                            List.of(derived.company, derived.owner, derived.ownersCompany));
                    for (int i = 0; i < 12; i++) {
                        asked.add(questions.group());
                        pages.add(questions.page());
                    }
                }
                for (GroupQuery query : asked) {
                    GroupResult expected = model.group(query);
                    for (int again = 0; again < 3; again++) {
                        assertThat(engine.group(view, query, Deadline.none())).as("%s", query)
                                .isEqualTo(expected);
                    }
                }
                for (PageQuery page : pages) {
                    for (int again = 0; again < 2; again++) {
                        PageResult found = engine.page(view, page, Deadline.none());
                        assertThat(found.rows()).as("%s", page).isEqualTo(model.page(page));
                        assertThat(found.total()).isEqualTo(model.count(page.filter()));
                    }
                }
                assertAgreement(engine, view, derived, model, history);
            }
        }
    }

    /// Low and high ones, so that each way of counting answers for some tables.
    private static Thresholds thresholds(Random random) {
        return new Thresholds(random.nextBoolean() ? 1 << 16 : 1 + random.nextInt(60),
                random.nextBoolean() ? 1 << 22 : random.nextInt(400),
                random.nextBoolean() ? 1 << 20 : random.nextInt(100),
                1 + random.nextInt(20),
                Thresholds.DISTINCT_BYTES_MAX);
    }

    @Test
    void question_cancelledOrLate_isAbandoned() {
        History history = new History(1);
        history.run(300);
        Deadline cancelled = Deadline.none();
        cancelled.cancel();
        for (Deadline deadline : List.of(cancelled, Deadline.after(Duration.ofNanos(-1)))) {
            assertThatThrownBy(
                    () -> QueryEngine.simple()
                            .count(
                                    history.table.view(),
                                    Filter.equal("event", Value.text("click")),
                                    deadline))
                    .isInstanceOf(AbandonedException.class);
        }
    }

    static void assertAgreement(QueryEngine engine,
            TableView view,
            Derived derived,
            SlowModel model,
            History history) {
        Questions questions = new Questions(history.random,
                List.of(derived.company, derived.owner, derived.ownersCompany));
        for (int i = 0; i < 15; i++) {
            Filter filter = questions.filter(3);
            assertThat(engine.count(view, filter, Deadline.none())).as("%s", filter)
                    .isEqualTo(model.count(filter));
            PageQuery page = questions.page();
            PageResult found = engine.page(view, page, Deadline.none());
            assertThat(found.rows()).as("%s", page).isEqualTo(model.page(page));
            assertThat(found.total()).isEqualTo(model.count(page.filter()));
            GroupQuery group = questions.group();
            assertThat(engine.group(view, group, Deadline.none())).as("%s", group)
                    .isEqualTo(model.group(group));
        }
    }

    /// The operands that look through maps, for both sides.
    static final class Derived {
        final Dictionary companies = new Dictionary();
        final Map<String, String> companyOf = new HashMap<>();
        final Map<String, String> claims = new HashMap<>();
        final BitSet live = new BitSet();
        private final History history;
        final Operand company;
        final Operand owner;
        final Operand ownersCompany;

        Derived(History history) {
            this.history = history;
            int[] byContact = new int[history.contacts.size() + 1];
            for (int code = 1; code < byContact.length; code++) {
                if (history.random.nextInt(3) > 0) {
                    String name = "co_" + history.random.nextInt(4);
                    byContact[code] = companies.add(name);
                    companyOf.put(history.contacts.text(code), name);
                }
                live.set(code, history.random.nextInt(4) > 0);
            }
            int[] byVisitor = new int[history.visitors.size() + 1];
            for (int code = 1; code < byVisitor.length && history.contacts.size() > 0; code++) {
                if (history.random.nextBoolean()) {
                    byVisitor[code] = 1 + history.random.nextInt(history.contacts.size());
                    claims.put(
                            history.visitors.text(code),
                            history.contacts.text(byVisitor[code]));
                }
            }
            CodeMap toCompany = new CodeMap(byContact, companies);
            company = new Operand.Mapped(new Operand.Field("contact"), toCompany);
            owner = new Operand.Owner("contact",
                    CodeSet.copyOf(live),
                    "visitor",
                    new CodeMap(byVisitor, history.contacts));
            ownersCompany = new Operand.Mapped(owner, toCompany);
        }

        Function<Map<String, Value>, Optional<Value>> of(Operand operand) {
            return row -> switch (operand) {
                case Operand.Field(String name) -> Optional.ofNullable(row.get(name));
                case Operand.Owner _ -> owner(row);
                case Operand.Mapped(Operand from, CodeMap _) -> of(from).apply(row)
                        .flatMap(
                                value -> Optional.ofNullable(
                                        companyOf.get(((Value.Text) value).text())))
                        .map(Value::text);
            };
        }

        private Optional<Value> owner(Map<String, Value> row) {
            if (row.get("contact") instanceof Value.Text(String contact)) {
                return live.get(history.contacts.find(contact))
                        ? Optional.of(Value.text(contact))
                        : Optional.empty();
            }
            return row.get("visitor") instanceof Value.Text(String visitor)
                    ? Optional.ofNullable(claims.get(visitor)).map(Value::text)
                    : Optional.empty();
        }
    }
}
