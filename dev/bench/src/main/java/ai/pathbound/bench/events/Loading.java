package ai.pathbound.bench.events;

import ai.pathbound.bench.report.Run;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/// Loads the same events into both sides at once: while they take one batch, the next is made.
final class Loading {
    private static final int BATCH_EVENTS = 20_000;
    private static final int SAY_EVENTS = 1_000_000;
    private static final int THREADS = 2;

    private final Run run;
    private final Fixture fixture;

    Loading(Run run, Fixture fixture) {
        this.run = run;
        this.fixture = fixture;
    }

    void into(EngineEvents engine, DuckEvents duck) throws SQLException {
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            List<EventRow> batch = rows(0);
            for (int from = 0; from < fixture.events(); from += BATCH_EVENTS) {
                List<EventRow> rows = batch;
                int after = from + BATCH_EVENTS;
                CompletableFuture<List<EventRow>> following = CompletableFuture
                        .supplyAsync(() -> rows(after), threads);
                CompletableFuture<Void> ours = CompletableFuture
                        .runAsync(() -> rows.forEach(engine::add), threads);
                // DuckDB takes rows from the thread that opened it only.
                for (EventRow row : rows) {
                    duck.add(row);
                }
                ours.join();
                batch = following.join();
                if (after % SAY_EVENTS == 0) {
                    run.say("events: %,d loaded".formatted(after));
                }
            }
        }
        duck.loaded();
    }

    private List<EventRow> rows(int from) {
        return IntStream.range(from, Math.min(fixture.events(), from + BATCH_EVENTS))
                .mapToObj(fixture::row)
                .toList();
    }
}
