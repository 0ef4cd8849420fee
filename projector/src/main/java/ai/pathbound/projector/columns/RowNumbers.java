package ai.pathbound.projector.columns;

import ai.pathbound.projector.columns.block.Packed;
import org.jspecify.annotations.Nullable;

/// The row numbers of one segment, ascending. Row numbers are given once and never change: a segment
/// written anew without its dead rows keeps the numbers of the others, as distances from the first.
public final class RowNumbers {
    private final long first;
    private final int rows;
    private final @Nullable Packed distances;

    private RowNumbers(long first, int rows, @Nullable Packed distances) {
        this.first = first;
        this.rows = rows;
        this.distances = distances;
    }

    public static RowNumbers dense(long first, int rows) {
        return new RowNumbers(first, rows, null);
    }

    /// Distances ascend from 0.
    public static RowNumbers sparse(long first, Packed distances) {
        return new RowNumbers(first, distances.size(), distances);
    }

    /// Ascending row numbers; at least one.
    static RowNumbers of(long[] numbers, int rows) {
        long first = numbers[0];
        if (numbers[rows - 1] - first == rows - 1) {
            return dense(first, rows);
        }
        long[] distances = new long[rows];
        for (int i = 0; i < rows; i++) {
            distances[i] = numbers[i] - first;
        }
        return sparse(first, Packed.of(distances, rows));
    }

    public int rows() {
        return rows;
    }

    public long first() {
        return first;
    }

    public long last() {
        return at(rows - 1);
    }

    public @Nullable Packed distances() {
        return distances;
    }

    public long at(int position) {
        return first + (distances == null ? position : distances.at(position));
    }

    /// The position of a row number, negative if it is not here.
    int find(long number) {
        long distance = number - first;
        if (distance < 0) {
            return -1;
        }
        if (distances == null) {
            return distance < rows ? (int) distance : -1;
        }
        int low = 0;
        int high = rows - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            long at = distances.at(middle);
            if (at == distance) {
                return middle;
            }
            if (at < distance) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1;
    }

    long retainedBytes() {
        return 32 + (distances == null ? 0 : distances.retainedBytes());
    }
}
