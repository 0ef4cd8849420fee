package ai.pathbound.projector.columns.query;

import java.util.Arrays;
import java.util.SplittableRandom;

/// Finds the n-th smallest of some numbers without sorting them (quickselect, C. A. R. Hoare).
final class LongSelect {
    private LongSelect() {}

    /// The number that would be at `nth` were the first `size` sorted; leaves them as they are.
    static long nth(long[] numbers, int size, int nth) {
        long[] values = Arrays.copyOf(numbers, size);
        SplittableRandom random = new SplittableRandom(size);
        int low = 0;
        int high = size - 1;
        while (low < high) {
            long pivot = values[random.nextInt(low, high + 1)];
            int left = low;
            int right = high;
            while (left <= right) {
                while (values[left] < pivot) {
                    left++;
                }
                while (values[right] > pivot) {
                    right--;
                }
                if (left <= right) {
                    long value = values[left];
                    values[left++] = values[right];
                    values[right--] = value;
                }
            }
            if (nth <= right) {
                high = right;
            } else if (nth >= left) {
                low = left;
            } else {
                return values[nth];
            }
        }
        return values[nth];
    }
}
