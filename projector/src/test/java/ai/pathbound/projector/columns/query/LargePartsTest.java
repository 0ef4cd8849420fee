package ai.pathbound.projector.columns.query;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pathbound.projector.columns.Dictionary;
import ai.pathbound.projector.columns.RowModel;
import ai.pathbound.projector.columns.Table;
import ai.pathbound.projector.columns.TableSettings;
import ai.pathbound.projector.columns.TableView;
import ai.pathbound.projector.columns.Value;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Questions about parts of many zones, in the order of time or nearly so, with dead rows: what generated
/// histories are too short for.
class LargePartsTest {
    private static final int ROWS = 24_000;
    private static final int CONTACTS = 40;
    private static final int VISITORS = 80;

    private final Dictionary contacts = new Dictionary();
    private final Dictionary visitors = new Dictionary();
    private final RowModel model = new RowModel();

    static LongStream seeds() {
        return LongStream.range(0, 8);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void answers_ofRangesSumsAndOwners_agreeWithTheSlowModel(long seed) {
        Random random = new Random(seed);
        Table table = filled(random);
        Operand.Owner owner = owner(random);
        try (ExecutorService executor = Executors.newFixedThreadPool(2)) {
            List<QueryEngine> engines = List
                    .of(QueryEngine.simple(), QueryEngine.parallel(executor, 2, 8 << 20));
            for (int round = 0; round < 3; round++) {
                TableView view = table.view();
                SlowModel slow = new SlowModel(model.rows(), _ -> row -> owner(owner, row));
                for (int i = 0; i < 4; i++) {
                    Filter filter = filter(random, owner);
                    GroupQuery question = question(random, filter, owner);
                    for (QueryEngine engine : engines) {
                        assertThat(engine.count(view, filter, Deadline.none()))
                                .as("%s", filter)
                                .isEqualTo(slow.count(filter));
                        assertThat(engine.group(view, question, Deadline.none()))
                                .as("%s", question)
                                .isEqualTo(slow.group(question));
                    }
                }
                kill(table, random);
                table.publish();
            }
        }
    }

    private Table filled(Random random) {
        for (int contact = 0; contact < CONTACTS; contact++) {
            contacts.add("ct_" + contact);
        }
        for (int visitor = 0; visitor < VISITORS; visitor++) {
            visitors.add("v_" + visitor);
        }
        Table table = new Table(new TableSettings(6_000 + random.nextInt(6_000), 12,
                Map.of("contact", contacts, "visitor", visitors)));
        int jitter = random.nextInt(3) * 500;
        for (int number = 0; number < ROWS; number++) {
            Map<String, Value> row = new HashMap<>();
            row.put("at", new Value.Time(10L * number + random.nextInt(1 + jitter)));
            row.put("event", Value.text("event_" + random.nextInt(6)));
            row.put("page", Value.text("page_" + random.nextInt(900)));
            if (random.nextInt(3) > 0) {
                row.put("bot", Value.bool(random.nextInt(10) == 0));
                row.put("amount", Value.number(random.nextInt(1_000) - 300));
                row.put("visitor", Value.text("v_" + random.nextInt(VISITORS)));
            }
            if (random.nextInt(4) == 0) {
                row.put("contact", Value.text("ct_" + random.nextInt(CONTACTS)));
            }
            model.append(table.append(row), row);
        }
        table.publish();
        return table;
    }

    private void kill(Table table, Random random) {
        for (int i = 0; i < 500; i++) {
            long row = random.nextInt(ROWS);
            assertThat(table.kill(row)).isEqualTo(model.kill(row));
        }
    }

    private Operand.Owner owner(Random random) {
        int[] claims = new int[VISITORS + 1];
        for (int visitor = 1; visitor <= VISITORS; visitor++) {
            claims[visitor] = random.nextInt(CONTACTS + 1);
        }
        BitSet live = new BitSet();
        for (int contact = 1; contact <= CONTACTS; contact++) {
            live.set(contact, random.nextInt(5) > 0);
        }
        return new Operand.Owner("contact", CodeSet.copyOf(live), "visitor",
                new CodeMap(claims, contacts));
    }

    private Optional<Value> owner(Operand.Owner owner, Map<String, Value> row) {
        if (row.get("contact") instanceof Value.Text(String contact)) {
            return owner.live().contains(contacts.find(contact))
                    ? Optional.of(Value.text(contact))
                    : Optional.empty();
        }
        int claimed = row.get("visitor") instanceof Value.Text(String visitor)
                ? owner.claims().map(visitors.find(visitor))
                : 0;
        return claimed == 0 ? Optional.empty() : Optional.of(Value.text(contacts.text(claimed)));
    }

    private static Filter filter(Random random, Operand owner) {
        long from = random.nextInt(10 * ROWS);
        Filter range = Filter.between(
                "at",
                new Value.Time(from),
                new Value.Time(from + random.nextInt(10 * ROWS)));
        Filter event = Filter.equal("event", Value.text("event_" + random.nextInt(7)));
        Filter pages = new Filter.Contains(Operand.field("page"), "_" + random.nextInt(100));
        Filter owned = new Filter.Exists(owner);
        return switch (random.nextInt(8)) {
            case 0 -> range;
            case 1 -> new Filter.All(List.of(event, range));
            case 2 -> new Filter.All(List.of(range, pages, event));
            case 3 -> new Filter.All(List.of(event, owned));
            case 4 -> new Filter.Any(List.of(range, event));
            case 5 -> new Filter.All(List.of(new Filter.Not(range), event));
            case 6 -> owned;
            default -> Filter.EVERYTHING;
        };
    }

    private static GroupQuery question(Random random, Filter filter, Operand owner) {
        List<Metric> metrics = random.nextBoolean()
                ? List.of(Metric.COUNT)
                : List.of(Metric.sum("amount"), new Metric.Avg(Operand.field("amount")));
        Key key = switch (random.nextInt(5)) {
            case 0 -> Key.values("page");
            case 1 -> Key.values("event");
            case 2 -> Key.values("bot");
            default -> new Key.Values(owner);
        };
        return new GroupQuery(filter, List.of(key), metrics,
                List.of(new GroupQuery.Order.ByMetric(0, true)), 1 + random.nextInt(30));
    }
}
