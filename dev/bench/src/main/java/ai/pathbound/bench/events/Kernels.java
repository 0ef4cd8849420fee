package ai.pathbound.bench.events;

import ai.pathbound.projector.columns.TableView;
import ai.pathbound.projector.columns.query.QueryEngine;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// The inner loops of the query engine, each by a question that does little else, on one thread over
/// 16 segments.
///
/// Run: `java -cp "dev/bench/target/bench-0.1.0-SNAPSHOT.jar:dev/bench/target/lib/*" org.openjdk.jmh.Main Kernels`
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class Kernels {
    private static final int EVENTS = 16 * 32_768 + 1;
    private static final int FEWER_EVENTS = EVENTS - 32_768;
    private static final long MEMORY_BYTES = 64L << 20;

    private final QueryEngine plain = QueryEngine.simple();
    private final QueryEngine remembering = QueryEngine.parallel(Runnable::run, 1, MEMORY_BYTES);
    private final EngineEvents events;
    private final TableView fewer;
    private final TableView view;
    private final Shape merged;

    public Kernels() {
        Fixture fixture = new Fixture(EVENTS);
        events = new EngineEvents(fixture);
        for (int number = 0; number < FEWER_EVENTS; number++) {
            events.add(fixture.row(number));
        }
        fewer = events.view();
        for (int number = FEWER_EVENTS; number < EVENTS; number++) {
            events.add(fixture.row(number));
        }
        view = events.view();
        merged = Shapes.byContact(events.owner());
    }

    /// A merge that gives wrong answers is not worth timing.
    @Setup
    public void check() {
        for (TableView each : List.of(fewer, view, fewer, view, fewer)) {
            if (!merged.rows(remembering, each).equals(merged.rows(plain, each))) {
                throw new IllegalStateException("a remembered answer is wrong");
            }
        }
    }

    /// Rows of one code of two columns, not grouped further than into three small keys.
    @Benchmark
    public Object filterAndGroupByThree() {
        return Shapes.byDevice().answer(plain, view);
    }

    /// Counts that segments have ready.
    @Benchmark
    public Object histogram() {
        return Shapes.byEvent().answer(plain, view);
    }

    /// Times into days of a zone.
    @Benchmark
    public Object buckets() {
        return Shapes.byDay().answer(plain, view);
    }

    /// A bit for each row in a bitmap for each group.
    @Benchmark
    public Object distinct() {
        return Shapes.distinctContacts(events.owner()).answer(plain, view);
    }

    /// Many groups, of which the first twenty are wanted.
    @Benchmark
    public Object topOfMany() {
        return merged.answer(plain, view);
    }

    /// Numbers added up by group.
    @Benchmark
    public Object sums() {
        return Shapes.sums().answer(plain, view);
    }

    /// One remembered answer extended by a segment, and one merged from remembered runs.
    @Benchmark
    public Object mergeOfParts() {
        return List.of(merged.answer(remembering, view), merged.answer(remembering, fewer));
    }
}
