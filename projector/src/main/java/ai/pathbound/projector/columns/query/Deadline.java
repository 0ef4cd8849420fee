package ai.pathbound.projector.columns.query;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// When to give up a question, asked after every batch of rows; and what it has taken until then.
public final class Deadline {
    private static final long LOOKED_EVERY_MILLIS = 20;

    private final long nanoTime;
    private final boolean isBounded;
    private final @Nullable Thread asker;
    private final Effort effort = new Effort();
    private volatile boolean cancelled;

    private Deadline(long nanoTime, boolean isBounded, @Nullable Thread asker) {
        this.nanoTime = nanoTime;
        this.isBounded = isBounded;
        this.asker = asker;
    }

    public static Deadline after(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos(), true, null);
    }

    /// As [#after], and earlier when the calling thread is interrupted, which is how whoever waits for
    /// it says that nobody waits any more. Other threads may help to answer.
    public static Deadline untilInterrupted(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos(), true, Thread.currentThread());
    }

    public static Deadline none() {
        return new Deadline(0, false, null);
    }

    /// What the question has taken so far.
    public Effort effort() {
        return effort;
    }

    public void cancel() {
        cancelled = true;
    }

    /// Waits for what another question finds; empty when that one was given up.
    <T> Optional<T> await(Future<T> other) {
        while (true) {
            check();
            try {
                return Optional.of(other.get(LOOKED_EVERY_MILLIS, TimeUnit.MILLISECONDS));
            } catch (TimeoutException _) {
                // Somebody may have cancelled this one.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (ExecutionException e) {
                if (e.getCause() instanceof AbandonedException) {
                    return Optional.empty();
                }
                throw e.getCause() instanceof RuntimeException cause
                        ? cause
                        : new IllegalStateException(e.getCause());
            }
        }
    }

    /// Fails once the time is over, the question is cancelled, or the thread is interrupted: whoever
    /// asked has gone. An interrupt ends the work of the other threads, too.
    void check() {
        if (Thread.currentThread().isInterrupted() || (asker != null && asker.isInterrupted())) {
            cancelled = true;
        }
        if (cancelled) {
            throw new AbandonedException("the question was cancelled");
        }
        if (isBounded && System.nanoTime() - nanoTime > 0) {
            throw new AbandonedException("the question took longer than it may");
        }
    }
}
