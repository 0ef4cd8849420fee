package ai.pathbound.bench.events;

import ai.pathbound.bench.report.Bar;
import ai.pathbound.bench.report.Laps;
import ai.pathbound.bench.report.Run;
import ai.pathbound.projector.columns.TableView;
import ai.pathbound.projector.columns.query.QueryEngine;
import java.io.IOException;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;

/// The eight kinds of questions in PostgreSQL, with the indexes a good administrator would give it, and
/// in our engine. Left out, with a message, where there is no PostgreSQL and none can be installed.
///
/// Run: `PATHBOUND_JAVA_OPTS=-Dpathbound.bench.parts=postgres ./pathbound bench`
public final class PostgresQuestions {
    private static final String NAME = "postgres";
    private static final int THREADS = 2;
    private static final long MEMORY_BYTES = 64L << 20;
    private static final int WARM_UP = 4;
    private static final int ROUNDS = 9;
    private static final int PER_ROUND = 10;
    private static final double TIMES_MIN = 100;

    private final Run run;

    public PostgresQuestions(Run run) {
        this.run = run;
    }

    public void measure() throws IOException, InterruptedException, SQLException {
        Optional<PostgresServer> installed = PostgresEvents.server(run);
        if (installed.isEmpty()) {
            return;
        }
        Fixture fixture = new Fixture(run.size(10_000_000, 500_000));
        run.say("postgres: making %,d events and loading both sides".formatted(fixture.events()));
        EngineEvents engine = new EngineEvents(fixture);
        try (PostgresServer server = installed.get();
                PostgresEvents postgres = new PostgresEvents(server.url());
                var threads = Executors.newFixedThreadPool(THREADS)) {
            for (int number = 0; number < fixture.events(); number++) {
                EventRow row = fixture.row(number);
                engine.add(row);
                postgres.add(row);
            }
            postgres.loaded(run);
            compare(
                    engine,
                    QueryEngine.parallel(threads, THREADS, 0),
                    QueryEngine.parallel(threads, THREADS, MEMORY_BYTES),
                    postgres);
        }
    }

    private void compare(EngineEvents events,
            QueryEngine cold,
            QueryEngine warm,
            PostgresEvents postgres) throws SQLException {
        TableView view = events.view();
        List<Double> ratiosCold = new ArrayList<>();
        List<Double> ratiosWarm = new ArrayList<>();
        for (Shape shape : Shapes.all(events.owner())) {
            Laps ofCold = new Laps();
            Laps ofWarm = new Laps();
            Laps ofPostgres = new Laps();
            try (PreparedStatement statement = postgres.prepare(shape.sql())) {
                run.check(shape.name(), DuckEvents.rows(statement), shape.rows(cold, view));
                for (int round = -WARM_UP; round < ROUNDS; round++) {
                    for (int lap = 0; lap < PER_ROUND; lap++) {
                        (round >= 0 ? ofCold : new Laps()).time(() -> shape.answer(cold, view));
                        (round >= 0 ? ofWarm : new Laps()).time(() -> shape.answer(warm, view));
                    }
                    (round >= 0 ? ofPostgres : new Laps()).time(() -> asked(statement));
                }
            }
            run.measured(NAME, shape.name() + ", PostgreSQL p50", ofPostgres.p50Millis(), "ms");
            ratiosCold.add(ofPostgres.p50Millis() / ofCold.p50Millis());
            ratiosWarm.add(ofPostgres.p50Millis() / ofWarm.p50Millis());
            run.measured(NAME, shape.name() + ", cold p50", ofCold.p50Millis(), "ms");
            run.measured(NAME, shape.name() + ", warm p50", ofWarm.p50Millis(), "ms");
            ratio(shape.name() + ", PostgreSQL / cold", ratiosCold.getLast());
            ratio(shape.name() + ", PostgreSQL / warm", ratiosWarm.getLast());
        }
        Bar bar = new Bar.AtLeast(TIMES_MIN);
        run.measured(NAME,
                "median of shapes, PostgreSQL / cold",
                EventQuestions.median(ratiosCold),
                "times",
                bar);
        run.measured(NAME,
                "median of shapes, PostgreSQL / warm",
                EventQuestions.median(ratiosWarm),
                "times",
                bar);
    }

    private void ratio(String what, double times) {
        run.measuredIfFull(NAME, what, times, new Bar.AtLeast(1));
    }

    private static Object asked(PreparedStatement statement) {
        try {
            return DuckEvents.rows(statement);
        } catch (SQLException e) {
            throw new IllegalStateException("PostgreSQL does not answer", e);
        }
    }
}
