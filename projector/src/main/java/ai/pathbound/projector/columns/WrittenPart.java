package ai.pathbound.projector.columns;

/// The writer's side of a part: marks rows dead in a bitmap copied on the first mark after a publish.
final class WrittenPart {
    private final Rows rows;
    private long[] words = new long[0];
    private int dead;
    private Part published;
    private boolean changed;

    WrittenPart(Rows rows) {
        this.rows = rows;
        this.published = new Part(rows);
    }

    Rows rows() {
        return rows;
    }

    int size() {
        return rows.numbers().rows();
    }

    int live() {
        return size() - dead;
    }

    int dead() {
        return dead;
    }

    boolean isDead(int position) {
        return words.length != 0 && (words[position >> 6] & (1L << position)) != 0;
    }

    /// Whether the row was alive.
    boolean kill(int position) {
        if (isDead(position)) {
            return false;
        }
        if (!changed) {
            words = published.dead().copyWords(size());
            changed = true;
        }
        words[position >> 6] |= 1L << position;
        dead++;
        return true;
    }

    Part publish() {
        if (changed) {
            published = new Part(published, new DeadRows(words, dead));
            changed = false;
        }
        return published;
    }
}
