package ai.pathbound.bench.events;

import ai.pathbound.bench.report.Bar;
import ai.pathbound.bench.report.Laps;
import ai.pathbound.bench.report.Run;
import ai.pathbound.projector.columns.TableView;
import ai.pathbound.projector.columns.query.QueryEngine;
import ai.pathbound.projector.tables.ColumnNames;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/// The eight kinds of questions over the events of one tenant, in our engine and in DuckDB on the same
/// rows. Rounds alternate between all, so that a disturbance hits all. Ours is asked
///
/// - cold: it remembers no answer;
/// - warm: again and again while nothing changes;
/// - live: again and again while events arrive between questions, as in a running node.
///
/// Run: `./pathbound bench`
public final class EventQuestions {
    private static final List<Integer> SIZES = List.of(100_000, 1_000_000, 10_000_000);
    private static final int THREADS = 2;
    /// What a node keeps of earlier answers.
    private static final long MEMORY_BYTES = 64L << 20;
    private static final int WARM_UP = 5;
    /// Questions of a fraction of a millisecond are not compiled after a few rounds.
    private static final Duration WARM_UP_MIN = Duration.ofMillis(400);
    private static final int ROUNDS = 20;
    private static final int PER_ROUND = 5;
    /// Events that arrive between two live questions: a few segments are sealed meanwhile.
    private static final int ARRIVING = 500;
    private static final int HISTORY_SHARE = 10;
    private static final double MILLIS_MAX = 10;
    private static final double TIMES_DUCKDB_MIN = 10;
    private static final double HISTORY_COST_MAX = 1.5;
    private static final double BYTES_MAX = 60;

    private final Run run;
    private final int events;
    private final String name;
    /// The number of the next event to arrive.
    private int next;

    private EventQuestions(Run run, int events) {
        this.run = run;
        this.events = events;
        name = "%,d events".formatted(events);
    }

    /// Measures growing numbers of events.
    public static void measure(Run run) throws SQLException {
        for (int events : run.sizes(SIZES)) {
            new EventQuestions(run, events).measure();
        }
    }

    private void measure() throws SQLException {
        Fixture fixture = new Fixture(events);
        run.say("events: making %,d events and loading both sides".formatted(fixture.events()));
        EngineEvents engine = new EngineEvents(fixture);
        next = fixture.events();
        try (DuckEvents duck = new DuckEvents(run.folder(events + ".duckdb"), THREADS);
                var threads = Executors.newFixedThreadPool(THREADS)) {
            duck.tellVersion(run);
            new Loading(run, fixture).into(engine, duck);
            TableView view = engine.view();
            memory(view);
            QueryEngine cold = QueryEngine.parallel(threads, THREADS, 0);
            QueryEngine warm = QueryEngine.parallel(threads, THREADS, MEMORY_BYTES);
            history(fixture, view, cold, warm);
            QueryEngine live = QueryEngine.parallel(threads, THREADS, MEMORY_BYTES);
            compare(fixture, engine, view, new Engines(cold, warm, live), duck);
        }
    }

    private void memory(TableView view) {
        long segments = view.retainedBytes();
        long ids = EngineEvents.dictionaryBytes(view, ColumnNames.EVENT_ID);
        long all = EngineEvents.dictionaryBytes(view);
        run.measured(name, "memory, segments", (double) segments / events, "B/event");
        run.measured(name, "memory, texts of event ids", (double) ids / events, "B/event");
        run.measured(name, "memory, other texts", (double) (all - ids) / events, "B/event");
        run.measured(
                name,
                "memory, all",
                (double) (segments + all) / events,
                "B/event",
                new Bar.AtMost(BYTES_MAX));
    }

    private record Engines(QueryEngine cold, QueryEngine warm, QueryEngine live) {}

    private void compare(Fixture fixture,
            EngineEvents engine,
            TableView view,
            Engines engines,
            DuckEvents duck) throws SQLException {
        List<Double> cold = new ArrayList<>();
        List<Double> warm = new ArrayList<>();
        List<Double> live = new ArrayList<>();
        for (Shape shape : Shapes.all(engine.owner())) {
            try (PreparedStatement statement = duck.prepare(shape.sql())) {
                Times times = compare(shape, fixture, engine, view, engines, statement);
                double duckMillis = times.duck().p50Millis();
                cold.add(duckMillis / times.cold().p50Millis());
                warm.add(duckMillis / times.warm().p50Millis());
                live.add(duckMillis / times.live().p50Millis());
            }
            ratio(shape.name() + ", DuckDB / cold", cold.getLast());
            ratio(shape.name() + ", DuckDB / warm", warm.getLast());
            ratio(shape.name() + ", DuckDB / live", live.getLast());
        }
        Bar bar = new Bar.AtLeast(TIMES_DUCKDB_MIN);
        run.measured(name, "median of shapes, DuckDB / cold", median(cold), "times", bar);
        run.measured(name, "median of shapes, DuckDB / warm", median(warm), "times", bar);
        run.measured(name, "median of shapes, DuckDB / live", median(live), "times", bar);
    }

    private void ratio(String what, double times) {
        run.measuredIfFull(name, what, times, new Bar.AtLeast(1));
    }

    private record Times(Laps cold, Laps warm, Laps live, Laps duck) {
        Times() {
            this(new Laps(), new Laps(), new Laps(), new Laps());
        }
    }

    private Times compare(Shape shape,
            Fixture fixture,
            EngineEvents engine,
            TableView view,
            Engines engines,
            PreparedStatement statement) throws SQLException {
        List<List<String>> expected = DuckEvents.rows(statement);
        run.check(shape.name() + ", cold", expected, shape.rows(engines.cold(), view));
        warmUp(
                () -> shape.answer(engines.cold(), view),
                () -> shape.answer(engines.warm(), view));
        Times measured = new Times();
        for (int round = -WARM_UP; round < ROUNDS; round++) {
            Times times = round >= 0 ? measured : new Times();
            for (int lap = 0; lap < PER_ROUND; lap++) {
                times.cold().time(() -> shape.answer(engines.cold(), view));
                times.warm().time(() -> shape.answer(engines.warm(), view));
                TableView grown = arrive(fixture, engine);
                times.live().time(() -> shape.answer(engines.live(), grown));
            }
            times.duck().time(() -> asked(statement));
        }
        run.check(shape.name() + ", warm", expected, shape.rows(engines.warm(), view));
        TableView grown = arrive(fixture, engine);
        run.check(
                shape.name() + ", live",
                shape.rows(engines.cold(), grown),
                shape.rows(engines.live(), grown));
        tell(shape.name() + ", cold", measured.cold());
        tell(shape.name() + ", warm", measured.warm());
        tell(shape.name() + ", live", measured.live());
        run.measured(name, shape.name() + ", DuckDB p50", measured.duck().p50Millis(), "ms");
        run.measured(name, shape.name() + ", DuckDB p99", measured.duck().p99Millis(), "ms");
        return measured;
    }

    private static void warmUp(Supplier<?>... questions) {
        Laps unused = new Laps();
        long end = System.nanoTime() + WARM_UP_MIN.toNanos();
        while (System.nanoTime() < end) {
            for (Supplier<?> question : questions) {
                unused.time(question);
            }
        }
    }

    private TableView arrive(Fixture fixture, EngineEvents engine) {
        for (int i = 0; i < ARRIVING; i++) {
            engine.add(fixture.row(next++));
        }
        return engine.view();
    }

    private void tell(String what, Laps laps) {
        run.measured(name, what + " p50", laps.p50Millis(), "ms");
        run.measured(name, what + " p99", laps.p99Millis(), "ms", new Bar.AtMost(MILLIS_MAX));
        run.measured(
                name,
                what + " p99 of the asking thread's CPU time",
                laps.p99CpuMillis(),
                "ms");
    }

    /// The newest tenth of the events as a tenant of its own has all rows of the question.
    private void history(Fixture fixture, TableView whole, QueryEngine cold, QueryEngine warm) {
        run.say("events: the newest tenth as a tenant of its own");
        EngineEvents newest = new EngineEvents(fixture);
        int first = fixture.events() - fixture.events() / HISTORY_SHARE;
        for (int number = first; number < fixture.events(); number++) {
            newest.add(fixture.row(number));
        }
        TableView part = newest.view();
        Shape week = Shapes.week();
        run.check("7 days", week.rows(cold, part), week.rows(cold, whole));
        history("cold", week, cold, part, whole);
        history("warm", week, warm, part, whole);
    }

    private void history(String how,
            Shape week,
            QueryEngine engine,
            TableView part,
            TableView whole) {
        Laps ofPart = new Laps();
        Laps ofWhole = new Laps();
        warmUp(() -> week.answer(engine, part), () -> week.answer(engine, whole));
        for (int round = 0; round < ROUNDS * PER_ROUND; round++) {
            ofPart.time(() -> week.answer(engine, part));
            ofWhole.time(() -> week.answer(engine, whole));
        }
        run.measured(name, "7 days, history × 1, " + how + " p50", ofPart.p50Millis(), "ms");
        run.measured(
                name,
                "7 days, history × 10 / × 1, " + how,
                ofWhole.p50Millis() / ofPart.p50Millis(),
                "times",
                new Bar.AtMost(HISTORY_COST_MAX));
    }

    private static Object asked(PreparedStatement statement) {
        try {
            return DuckEvents.rows(statement);
        } catch (SQLException e) {
            throw new IllegalStateException("DuckDB does not answer", e);
        }
    }

    static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return (sorted.get(middle) + sorted.get(sorted.size() - 1 - middle)) / 2;
    }
}
