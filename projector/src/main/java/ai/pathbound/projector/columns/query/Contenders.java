package ai.pathbound.projector.columns.query;

import ai.pathbound.projector.columns.Part;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// Rows that may be among the first of an order, each as a number made of its first value and where it
/// is; values stay in the table. When twice too many have gathered, those too much are cut off by
/// selection, without sorting. From then on a row its number rules out costs one comparison.
final class Contenders {
    private static final int SPARE_MIN = 512;
    private static final int ROWS_FIRST = 256;

    private final List<PageQuery.Sort> sorts;
    private final boolean descending;
    private final int rowsMax;
    private final List<Source> sources = new ArrayList<>();
    /// Any order will do; the same each time.
    private final SplittableRandom random = new SplittableRandom(0);
    private int[] from = new int[ROWS_FIRST];
    private int[] rows = new int[ROWS_FIRST];
    private byte[] ranks = new byte[ROWS_FIRST];
    private long[] numbers = new long[ROWS_FIRST];
    private int size;
    /// Whether there were too many once: the last of the first `rowsMax` is then the worst of them.
    private boolean isCut;

    Contenders(List<PageQuery.Sort> sorts, int rowsMax) {
        this.sorts = sorts;
        this.descending = !sorts.isEmpty() && sorts.getFirst().descending();
        this.rowsMax = rowsMax;
    }

    private record Source(Part part, List<SortCells> columns) {}

    /// Rows offered from now on are of this part.
    void from(Part part, List<SortCells> columns) {
        sources.add(new Source(part, columns));
    }

    /// Takes a row of the newest source if it may be among the first.
    void offer(int row, int rank, long number) {
        if (isCut && order(rank, number, ranks[rowsMax - 1], numbers[rowsMax - 1]) > 0) {
            return;
        }
        add(sources.size() - 1, row, rank, number);
    }

    private void add(int source, int row, int rank, long number) {
        if (size == rows.length) {
            grow();
        }
        from[size] = source;
        rows[size] = row;
        ranks[size] = (byte) rank;
        numbers[size] = number;
        if (isCut && compare(size, rowsMax - 1) > 0) {
            return;
        }
        size++;
        if (size - rowsMax >= Math.max(SPARE_MIN, rowsMax)) {
            cut();
        }
    }

    private void grow() {
        int length = Math.multiplyExact(size, 2);
        from = Arrays.copyOf(from, length);
        rows = Arrays.copyOf(rows, length);
        ranks = Arrays.copyOf(ranks, length);
        numbers = Arrays.copyOf(numbers, length);
    }

    private void cut() {
        if (size > rowsMax) {
            select(cutEqual(), rowsMax - 1);
            size = rowsMax;
            isCut = true;
        }
    }

    /// Brings those with the number of the one at `rowsMax` together, better ones before them, worse
    /// ones behind, and forgets the worse: comparing numbers is much cheaper than comparing rows.
    /// Returns the first place that is not decided.
    private int cutEqual() {
        for (int i = 1; i < size; i++) {
            if (ranks[i] != ranks[0]) {
                return 0;
            }
        }
        long number = LongSelect.nth(numbers, size, descending ? size - rowsMax : rowsMax - 1);
        int better = 0;
        int at = 0;
        while (at < size) {
            int order = order(ranks[at], numbers[at], ranks[at], number);
            if (order < 0) {
                swap(at++, better++);
            } else if (order > 0) {
                swap(at, --size);
            } else {
                at++;
            }
        }
        return better;
    }

    void merge(Contenders other) {
        int shift = sources.size();
        sources.addAll(other.sources);
        for (int i = 0; i < other.size; i++) {
            add(shift + other.from[i], other.rows[i], other.ranks[i], other.numbers[i]);
        }
    }

    /// The row numbers after the first `offset`, in order.
    List<Long> sorted(int offset) {
        cut();
        if (offset >= size) {
            return List.of();
        }
        select(0, offset);
        return IntStream.range(offset, size)
                .boxed()
                .sorted(this::compare)
                .map(this::rowNumber)
                .toList();
    }

    /// The positions of the rows, in order, when all are of one part.
    char[] positions() {
        cut();
        int[] places = IntStream.range(0, size)
                .boxed()
                .sorted(this::compare)
                .mapToInt(Integer::intValue)
                .toArray();
        char[] positions = new char[size];
        for (int i = 0; i < size; i++) {
            positions[i] = (char) rows[places[i]];
        }
        return positions;
    }

    /// Moves the one that belongs at `place` there, better ones before it, worse ones behind
    /// (quickselect, C. A. R. Hoare).
    private void select(int first, int place) {
        int low = first;
        int high = size - 1;
        while (low < high) {
            int split = split(low, high);
            if (split == place) {
                return;
            }
            if (split < place) {
                low = split + 1;
            } else {
                high = split - 1;
            }
        }
    }

    private int split(int low, int high) {
        swap(random.nextInt(low, high + 1), high);
        int better = low;
        for (int i = low; i < high; i++) {
            if (compare(i, high) < 0) {
                swap(i, better++);
            }
        }
        swap(better, high);
        return better;
    }

    private void swap(int one, int other) {
        int source = from[one];
        from[one] = from[other];
        from[other] = source;
        int row = rows[one];
        rows[one] = rows[other];
        rows[other] = row;
        byte rank = ranks[one];
        ranks[one] = ranks[other];
        ranks[other] = rank;
        long number = numbers[one];
        numbers[one] = numbers[other];
        numbers[other] = number;
    }

    private int order(int rank, long number, int otherRank, long otherNumber) {
        return order(descending, rank, number, otherRank, otherNumber);
    }

    /// Orders two rows by what stands for their first values.
    static int order(boolean descending,
            int rank,
            long number,
            int otherRank,
            long otherNumber) {
        if (rank == otherRank) {
            int order = Long.compare(number, otherNumber);
            return descending ? -order : order;
        }
        if (rank == SortCells.MISSING_RANK || otherRank == SortCells.MISSING_RANK) {
            return rank == SortCells.MISSING_RANK ? 1 : -1;
        }
        return descending == rank > otherRank ? -1 : 1;
    }

    private int compare(int one, int other) {
        int order = order(ranks[one], numbers[one], ranks[other], numbers[other]);
        return order != 0 ? order : compareValues(one, other);
    }

    private int compareValues(int one, int other) {
        Source left = sources.get(from[one]);
        Source right = sources.get(from[other]);
        int order = 0;
        for (int s = 0; order == 0 && s < sorts.size(); s++) {
            order = SortCells.compare(
                    left.columns().get(s),
                    rows[one],
                    right.columns().get(s),
                    rows[other],
                    sorts.get(s));
        }
        return order != 0
                ? order
                : Long.compare(left.part().rowNumber(rows[one]),
                        right.part().rowNumber(rows[other]));
    }

    private long rowNumber(int at) {
        return sources.get(from[at]).part().rowNumber(rows[at]);
    }
}
