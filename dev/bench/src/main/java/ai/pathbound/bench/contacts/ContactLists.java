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
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/// Filter, sort and page over the contacts of one tenant, as far as the column table goes: which rows
/// stand on the page. Reading their documents comes on top and does not grow with the table.
///
/// Each list is asked again of what has not changed, then again after 500 contacts have changed or
/// come, publishing them included (live). Searches also look for another text each time (new).
///
/// Run: `./pathbound bench`
public final class ContactLists {
    private static final List<Integer> SIZES = List.of(10_000, 100_000, 1_000_000);
    private static final int THREADS = 2;
    private static final long MEMORY_BYTES = 64L << 20;
    private static final int WARM_UP = 10;
    private static final int ROUNDS = 50;
    private static final int CHANGES = 500;
    /// One in so many changes is a contact that was not there before.
    private static final int NEW_EVERY = 10;

    private final Run run;
    private final String name;
    private final SplittableRandom random = new SplittableRandom(42);
    private final People people = new People();
    private final ContactTable table = new ContactTable();

    private ContactLists(Run run, int count) {
        this.run = run;
        name = "%,d contacts".formatted(count);
    }

    /// Measures one size after the other; all but the largest in a quick run.
    public static void measure(Run run) {
        for (int count : run.sizes(SIZES)) {
            new ContactLists(run, count).measure(count);
        }
    }

    private void measure(int count) {
        run.say("making " + name);
        for (int i = 0; i < count; i++) {
            add();
        }
        long begin = System.nanoTime();
        table.sortTexts();
        run.measured(name, "sorting texts, while a node fills its tables", since(begin), "ms");
        try (var threads = Executors.newFixedThreadPool(THREADS)) {
            QueryEngine engine = QueryEngine.parallel(threads, THREADS, MEMORY_BYTES);
            Listed.all().forEach(list -> unchanged(engine, list));
            Listed.all().forEach(list -> live(engine, list));
            searches(engine);
        }
    }

    private void unchanged(QueryEngine engine, Listed list) {
        TableView view = table.view();
        long begin = System.nanoTime();
        List<String> first = ids(engine, view, list);
        double firstMillis = since(begin);
        run.check(list.name(), list.expected(people), first);
        run.measured(name, list.name() + ", first time", firstMillis, "ms");
        timed(list.name(), list.millisMax(), _ -> page(engine, view, list));
    }

    private void live(QueryEngine engine, Listed list) {
        timed(list.name() + ", live", list.millisMax(), _ -> {
            for (int i = 0; i < CHANGES; i++) {
                change();
            }
            return () -> engine.page(table.view(), list.query(), Deadline.none());
        });
        run.check(list.name() + ", live", list.expected(people), ids(engine, table.view(), list));
    }

    private void searches(QueryEngine engine) {
        TableView view = table.view();
        timed("search of a new part", Listed.SEARCH_MILLIS_MAX, round -> {
            Listed list = Listed.searchOf(Integer.toString(700 + round));
            return page(engine, view, list);
        });
    }

    /// A lap: what happens before it, untimed, gives what is timed.
    private interface Lap extends java.util.function.Supplier<PageResult> {}

    private void timed(String measure, double millisMax, IntFunction<Lap> laps) {
        Laps times = new Laps();
        for (int round = -WARM_UP; round < ROUNDS; round++) {
            Lap lap = laps.apply(round);
            (round >= 0 ? times : new Laps()).time(lap);
        }
        run.measured(name, measure + " p50", times.p50Millis(), "ms");
        run.measured(name, measure + " p99", times.p99Millis(), "ms", new Bar.AtMost(millisMax));
    }

    private void add() {
        table.add(people.add());
    }

    private void change() {
        if (random.nextInt(NEW_EVERY) == 0) {
            add();
        } else {
            int index = random.nextInt(people.size());
            table.change(index, people.change(index, random.nextInt(people.size())));
        }
    }

    private static double since(long begin) {
        return (System.nanoTime() - begin) / 1e6;
    }

    private static Lap page(QueryEngine engine, TableView view, Listed list) {
        return () -> engine.page(view, list.query(), Deadline.none());
    }

    private static List<String> ids(QueryEngine engine, TableView view, Listed list) {
        PageResult page = page(engine, view, list).get();
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
