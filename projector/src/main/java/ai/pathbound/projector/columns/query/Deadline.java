package ai.pathbound.projector.columns.query;

import java.time.Duration;

/// When to give up a question; asked after every batch of rows.
public final class Deadline {
    private final long nanoTime;
    private final boolean isBounded;
    private volatile boolean cancelled;

    private Deadline(long nanoTime, boolean isBounded) {
        this.nanoTime = nanoTime;
        this.isBounded = isBounded;
    }

    public static Deadline after(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos(), true);
    }

    public static Deadline none() {
        return new Deadline(0, false);
    }

    public void cancel() {
        cancelled = true;
    }

    /// Fails once the time is over, the question is cancelled, or the thread is interrupted: whoever
    /// asked has gone. An interrupt ends the work of the other threads, too.
    void check() {
        if (Thread.currentThread().isInterrupted()) {
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
