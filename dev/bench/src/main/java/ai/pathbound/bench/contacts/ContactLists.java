package ai.pathbound.bench.contacts;

import ai.pathbound.bench.report.Bar;
import ai.pathbound.bench.report.Laps;
import ai.pathbound.bench.report.Run;
import ai.pathbound.projector.columns.TableView;
import ai.pathbound.projector.columns.Value;
import ai.pathbound.projector.columns.query.Deadline;
import ai.pathbound.projector.columns.query.PageResult;
import ai.pathbound.projector.columns.query.QueryEngine;
import ai.pathbound.projector.tables.ColumnNames;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Filter, sort and page over the contacts of one tenant, as far as the column table goes: which rows
/// stand on the page. Reading their documents comes on top and does not grow with the table.
///
/// Run: `./pathbound bench`
public final class ContactLists {
    private static final String NAME = "contacts";
    private static final int THREADS = 2;
    private static final long MEMORY_BYTES = 64L << 20;
    private static final int WARM_UP = 10;
    private static final int ROUNDS = 50;
    private static final double MILLIS_MAX = 10;

    private final Run run;

    public ContactLists(Run run) {
        this.run = run;
    }

    public void measure() {
        int count = run.size(1_000_000, 100_000);
        run.say("contacts: making %,d contacts".formatted(count));
        List<Person> people = IntStream.range(0, count).mapToObj(Person::of).toList();
        ContactTable table = new ContactTable();
        people.forEach(table::add);
        TableView view = table.view();
        try (var threads = Executors.newFixedThreadPool(THREADS)) {
            QueryEngine engine = QueryEngine.parallel(threads, THREADS, MEMORY_BYTES);
            for (Listed list : Listed.all()) {
                long begin = System.nanoTime();
                List<String> first = ids(engine, view, list);
                double firstMillis = (System.nanoTime() - begin) / 1e6;
                run.check(list.name(), list.expected(people), first);
                Laps laps = new Laps();
                for (int round = -WARM_UP; round < ROUNDS; round++) {
                    (round >= 0 ? laps : new Laps()).time(() -> page(engine, view, list));
                }
                run.measured(NAME, list.name() + ", first time", firstMillis, "ms");
                run.measured(NAME, list.name() + " p50", laps.p50Millis(), "ms");
                run.measured(
                        NAME,
                        list.name() + " p99",
                        laps.p99Millis(),
                        "ms",
                        new Bar.AtMost(MILLIS_MAX));
            }
        }
    }

    private static PageResult page(QueryEngine engine, TableView view, Listed list) {
        return engine.page(view, list.query(), Deadline.none());
    }

    private static List<String> ids(QueryEngine engine, TableView view, Listed list) {
        PageResult page = page(engine, view, list);
        List<String> ids = new ArrayList<>();
        for (long row : page.rows()) {
            if (view.value(row, ColumnNames.CONTACT_ID)
                    .orElseThrow() instanceof Value.Text(String id)) {
                ids.add(id);
            }
        }
        return Stream.concat(ids.stream(), Stream.of(page.total() + " in all")).toList();
    }
}
