package ai.pathbound.projector.columns.query;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/// Threads that share the parts of one large question. The caller works too, so a busy executor slows
/// a question down but never stops it.
final class Workers {
    static final Workers NONE = new Workers(Runnable::run, 1);
    private static final int ITEMS_PER_WORKER_MIN = 2;

    private final Executor executor;
    private final int threads;

    Workers(Executor executor, int threads) {
        this.executor = executor;
        this.threads = threads;
    }

    /// Gives each worker a list of items, in order and alternating; one result for each worker.
    <I, T> List<T> split(List<I> items, Function<List<I>, T> work) {
        int workers = Math.clamp(items.size() / ITEMS_PER_WORKER_MIN, 1, threads);
        if (workers == 1) {
            return List.of(work.apply(items));
        }
        List<List<I>> shares = new ArrayList<>();
        for (int w = 0; w < workers; w++) {
            shares.add(new ArrayList<>());
        }
        for (int i = 0; i < items.size(); i++) {
            shares.get(i % workers).add(items.get(i));
        }
        return run(shares, work);
    }

    /// The shares in order; whoever is free takes the next.
    private <I, T> List<T> run(List<List<I>> shares, Function<List<I>, T> work) {
        List<CompletableFuture<T>> results = new ArrayList<>();
        shares.forEach(_ -> results.add(new CompletableFuture<>()));
        AtomicInteger next = new AtomicInteger();
        Runnable worker = () -> {
            for (int i = next.getAndIncrement(); i < shares.size(); i = next.getAndIncrement()) {
                try {
                    results.get(i).complete(work.apply(shares.get(i)));
                } catch (RuntimeException | Error e) {
                    results.get(i).completeExceptionally(e);
                }
            }
        };
        for (int w = 1; w < shares.size(); w++) {
            try {
                executor.execute(worker);
            } catch (RejectedExecutionException e) {
                // Too busy or shut down: this thread does all of it.
                break;
            }
        }
        worker.run();
        List<T> done = new ArrayList<>();
        for (CompletableFuture<T> result : results) {
            try {
                done.add(result.join());
            } catch (CompletionException e) {
                throw e.getCause() instanceof RuntimeException cause ? cause : e;
            }
        }
        return done;
    }
}
