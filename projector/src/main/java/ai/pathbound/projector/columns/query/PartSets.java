package ai.pathbound.projector.columns.query;

/// Marks the codes of each group of one part in the bitmaps of the table: a bit for each row, no hash.
final class PartSets {
    private final CodeColumn column;
    private final long[][] sets;

    PartSets(CodeColumn column, int groups) {
        this.column = column;
        this.sets = new long[groups][];
    }

    /// The bitmap of a group of the part.
    interface Opening {
        long[] open(int group);
    }

    void add(int[] groups, int[] rows, int count, boolean isRun, Scratch scratch, Opening opening) {
        int[] codes = scratch.codes;
        column.read(rows, count, isRun, codes, scratch.moreCodes);
        for (int i = 0; i < count; i++) {
            long[] set = sets[groups[i]];
            if (set == null) {
                set = opening.open(groups[i]);
                sets[groups[i]] = set;
            }
            int code = codes[i];
            // Code 0, no value, is marked too and left out when bits are counted.
            set[code >> 6] |= 1L << code;
        }
    }

    CodeColumn column() {
        return column;
    }
}
