package ai.pathbound.projector.tables;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/// Work on one item after the other, of which other threads do a part ahead; the results are taken in
/// the order of the items by the thread that adds them. Where no other thread has time, that one does
/// all of it.
///
/// Used by one thread.
final class WorkAhead<I, O> {
    /// Enough that handing a batch on costs nothing, and few enough that all batches take little memory.
    private static final int BATCH = 256;
    private static final int BATCHES_AHEAD = 8;

    private final Supplier<Function<I, O>> workers;
    private final Consumer<O> taker;
    private final Deque<FutureTask<List<O>>> begun = new ArrayDeque<>();
    private List<I> batch = new ArrayList<>(BATCH);

    /// @param workers gives what does the work on some neighbouring items, on one thread at a time
    WorkAhead(Supplier<Function<I, O>> workers, Consumer<O> taker) {
        this.workers = workers;
        this.taker = taker;
    }

    void add(I item) {
        batch.add(item);
        if (batch.size() == BATCH) {
            begin();
            if (begun.size() > BATCHES_AHEAD) {
                take();
            }
        }
    }

    /// Takes all that is left.
    void finish() {
        begin();
        while (!begun.isEmpty()) {
            take();
        }
    }

    private void begin() {
        List<I> items = batch;
        batch = new ArrayList<>(BATCH);
        FutureTask<List<O>> task = new FutureTask<>(
                () -> items.stream().map(workers.get()).toList());
        begun.add(task);
        ForkJoinPool.commonPool().execute(task);
    }

    private void take() {
        FutureTask<List<O>> first = begun.remove();
        // Does nothing if another thread has begun it.
        first.run();
        try {
            first.get().forEach(taker);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure
                    ? failure
                    : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
