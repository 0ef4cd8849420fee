package ai.pathbound.projector.columns;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pathbound.projector.columns.query.Deadline;
import ai.pathbound.projector.columns.query.Filter;
import ai.pathbound.projector.columns.query.GroupQuery;
import ai.pathbound.projector.columns.query.GroupResult;
import ai.pathbound.projector.columns.query.Key;
import ai.pathbound.projector.columns.query.Metric;
import ai.pathbound.projector.columns.query.PageQuery;
import ai.pathbound.projector.columns.query.PageResult;
import ai.pathbound.projector.columns.query.QueryEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ConcurrentReadersTest {
    private static final int ACCOUNTS = 50;
    private static final int TRANSFERS = 20_000;

    /// Money moves between accounts, each transfer two updates and one publish: no reader may see the
    /// sum change, an account missing or one twice.
    @Test
    void readers_whileTheWriterWorks_seePublishedStatesOnly() throws Exception {
        Table table = new Table(new TableSettings(500, 10, Map.of()));
        long[] rows = new long[ACCOUNTS];
        int[] balances = new int[ACCOUNTS];
        for (int i = 0; i < ACCOUNTS; i++) {
            balances[i] = 100;
            rows[i] = table.append(row(i, 100));
        }
        table.publish();
        AtomicBoolean done = new AtomicBoolean();
        try (ExecutorService executor = Executors.newFixedThreadPool(5)) {
            QueryEngine engine = QueryEngine.parallel(executor, 2, 1 << 20);
            List<Future<Long>> readers = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                readers.add(executor.submit(() -> read(table, engine, done)));
                readers.add(executor.submit(() -> page(table, engine, done)));
            }
            Random random = new Random(1);
            for (int t = 0; t < TRANSFERS; t++) {
                int from = random.nextInt(ACCOUNTS);
                int to = (from + 1 + random.nextInt(ACCOUNTS - 1)) % ACCOUNTS;
                int amount = random.nextInt(10);
                balances[from] -= amount;
                balances[to] += amount;
                for (int account : new int[]{from, to}) {
                    table.kill(rows[account]);
                    rows[account] = table.append(row(account, balances[account]));
                }
                table.publish();
            }
            done.set(true);
            for (Future<Long> reader : readers) {
                assertThat(reader.get()).isPositive();
            }
        }
    }

    private static Map<String, Value> row(int account, int balance) {
        return Map.of("account", Value.text("a" + account), "balance", Value.number(balance));
    }

    private static long read(Table table, QueryEngine engine, AtomicBoolean done) {
        GroupQuery sum = new GroupQuery(Filter.EVERYTHING,
                List.of(Key.values("account")),
                List.of(Metric.sum("balance"), Metric.COUNT),
                List.of(),
                ACCOUNTS);
        long reads = 0;
        do {
            GroupResult result = engine.group(table.view(), sum, Deadline.none());
            assertThat(result.totals())
                    .containsExactly(
                            Optional.of(Value.number(100 * ACCOUNTS)),
                            Optional.of(Value.number(ACCOUNTS)));
            assertThat(result.totalGroups()).isEqualTo(ACCOUNTS);
            reads++;
        } while (!done.get());
        return reads;
    }

    /// Views the readers hold differ in age, so a run that one of them made is read by others.
    private static long page(Table table, QueryEngine engine, AtomicBoolean done) {
        PageQuery byAccount = new PageQuery(Filter.EVERYTHING,
                List.of(PageQuery.Sort.by("account", false)), 0, ACCOUNTS);
        List<String> accounts = IntStream.range(0, ACCOUNTS)
                .mapToObj(account -> "a" + account)
                .sorted()
                .toList();
        long reads = 0;
        do {
            TableView view = table.view();
            PageResult found = engine.page(view, byAccount, Deadline.none());
            assertThat(
                    found.rows()
                            .stream()
                            .map(row -> view.value(row, "account").orElseThrow())
                            .toList())
                    .isEqualTo(accounts.stream().map(Value::text).toList());
            assertThat(found.total()).isEqualTo(ACCOUNTS);
            reads++;
        } while (!done.get());
        return reads;
    }
}
