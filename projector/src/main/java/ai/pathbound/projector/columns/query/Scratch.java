package ai.pathbound.projector.columns.query;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/// Arrays one thread reads batches of rows into, part after part. They are lent: making 100 KiB anew
/// for each question would cost more than many an answer. What is in them at first means nothing.
final class Scratch implements AutoCloseable {
    /// As many as there ever were threads that scanned at once.
    private static final Queue<Scratch> IDLE = new ConcurrentLinkedQueue<>();

    /// Which rows of a batch pass.
    final boolean[] passes = new boolean[Batch.ROWS];
    /// The rows of a batch that were chosen.
    final int[] rows = new int[Batch.ROWS];
    /// The group of each chosen row.
    final int[] groups = new int[Batch.ROWS];
    /// Codes of the chosen rows, while they are looked at.
    final int[] codes = new int[Batch.ROWS];
    final int[] moreCodes = new int[Batch.ROWS];
    /// Values of the chosen rows, while they are looked at.
    final long[] values = new long[Batch.ROWS];
    private final int[][] ids = new int[GroupQuery.KEYS_MAX][];

    private Scratch() {}

    /// Nobody else has it until it is closed.
    static Scratch lent() {
        Scratch idle = IDLE.poll();
        return idle == null ? new Scratch() : idle;
    }

    @Override
    public void close() {
        IDLE.add(this);
    }

    /// Ids of the chosen rows for one key.
    int[] ids(int key) {
        if (ids[key] == null) {
            ids[key] = new int[Batch.ROWS];
        }
        return ids[key];
    }
}
