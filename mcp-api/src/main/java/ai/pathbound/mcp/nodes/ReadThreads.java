package ai.pathbound.mcp.nodes;

import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/// Threads for questions of other nodes, apart from those for our own callers: two nodes that wait for
/// each other must not take each other's threads.
public final class ReadThreads implements AutoCloseable {
    private final Scheduler reads;
    private final Scheduler waits;

    /// @param threads threads that read the store
    /// @param queueMax questions that may wait for one
    public ReadThreads(int threads, int queueMax) {
        reads = Schedulers.fromExecutorService(
                new ThreadPoolExecutor(threads, threads, 0, TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(queueMax),
                        Thread.ofPlatform().name("node-read-", 0).daemon().factory()));
        waits = Schedulers.fromExecutorService(Executors.newVirtualThreadPerTaskExecutor());
    }

    Scheduler reads() {
        return reads;
    }

    /// For what only waits.
    Scheduler waits() {
        return waits;
    }

    @Override
    public void close() {
        reads.dispose();
        waits.dispose();
    }
}
