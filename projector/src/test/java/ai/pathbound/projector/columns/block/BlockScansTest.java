package ai.pathbound.projector.columns.block;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pathbound.projector.columns.Seeds;
import java.util.Arrays;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What blocks find out faster than row by row, against row by row.
class BlockScansTest {
    static LongStream seeds() {
        return Seeds.seeds();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void find_ofAnyWidth_findsEachRow(long seed) {
        Random random = new Random(seed);
        int bound = 1 << (1 + random.nextInt(17));
        int[] numbers = random.ints(1 + random.nextInt(600), 0, bound).toArray();
        Packed packed = Packed.of(numbers, numbers.length);
        for (int again = 0; again < 20; again++) {
            int from = random.nextInt(numbers.length);
            int count = random.nextInt(numbers.length - from + 1);
            int wanted = random.nextBoolean() ? numbers[from] : random.nextInt(2 * bound);
            int[] found = new int[count];
            int size = packed.find(wanted, from, count, found);
            assertThat(Arrays.copyOf(found, size)).isEqualTo(
                    IntStream.range(from, from + count)
                            .filter(row -> numbers[row] == wanted)
                            .toArray());
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void locals_ofAscendingCodes_areThoseOfEachCode(long seed) {
        Random random = new Random(seed);
        int bound = 2 + random.nextInt(400);
        int[] codes = random.ints(1 + random.nextInt(300), 0, bound).toArray();
        CodeBlock block = random.nextInt(4) == 0
                ? CodeBlock.run(1 + random.nextInt(bound), codes.length)
                : CodeBlock.of(codes, codes.length);
        TreeSet<Integer> wanted = new TreeSet<>();
        random.ints(random.nextInt(100), 1, 2 * bound).forEach(wanted::add);
        int[] found = new int[wanted.size() + 1];
        int size = block.locals(after -> {
            Integer next = wanted.higher(after);
            return next == null ? -1 : next;
        }, found);
        assertThat(Arrays.copyOf(found, size)).isEqualTo(
                wanted.stream().mapToInt(block::local).filter(local -> local > 0).toArray());
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void zones_ofAnyOrder_sayWhatTheValuesAre(long seed) {
        Random random = new Random(seed);
        long[] values = random.longs(1 + random.nextInt(3 * Zones.ROWS), 0, 1_000).toArray();
        if (random.nextBoolean()) {
            Arrays.sort(values);
        }
        if (random.nextInt(3) == 0) {
            values[random.nextInt(values.length)] = LongBlock.MISSING;
        }
        LongBlock block = LongBlock.of(values, values.length);
        for (int from = 0; from < values.length; from += Zones.ROWS) {
            int zone = from / Zones.ROWS;
            long[] some = Arrays
                    .copyOfRange(values, from, Math.min(values.length, from + Zones.ROWS));
            long[] sorted = some.clone();
            Arrays.sort(sorted);
            boolean hasAll = sorted[0] != LongBlock.MISSING;
            assertThat(block.zones().hasMissing(zone)).isEqualTo(!hasAll);
            assertThat(block.zones().isAscending(zone))
                    .isEqualTo(hasAll && Arrays.equals(some, sorted));
            if (block.zones().isAscending(zone)) {
                long wanted = random.nextLong(-1, 1_001);
                assertThat(block.firstAtLeast(wanted, from, from + some.length)).isEqualTo(
                        from + (int) Arrays.stream(some).filter(value -> value < wanted).count());
            }
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void sums_ofNumbersByCode_areThoseOfTheRows(long seed) {
        Random random = new Random(seed);
        int rows = 300 + random.nextInt(4_000);
        int[] codes = random.ints(rows, 0, 1 + random.nextInt(30)).toArray();
        long base = random.nextInt(3) == 0 ? (1L << 46) - 1 : random.nextInt(2_000) - 1_000L;
        long[] numbers = random.ints(rows, 0, 10_000).mapToLong(number -> base - number).toArray();
        for (int row = 0; row < rows; row += 1 + random.nextInt(4)) {
            numbers[row] = LongBlock.MISSING;
        }
        CodeBlock coded = CodeBlock.of(codes, rows);
        LongBlock longs = LongBlock.of(numbers, rows);
        assertThat(CodeSums.areFew(coded) && longs.hasLongSums()).isTrue();
        CodeSums sums = CodeSums.of(coded, longs);
        for (int local = 0; local < coded.localCount(); local++) {
            int code = coded.global(local);
            long[] of = IntStream.range(0, rows)
                    .filter(row -> codes[row] == code && numbers[row] != LongBlock.MISSING)
                    .mapToLong(row -> numbers[row])
                    .toArray();
            assertThat(sums.count(local)).isEqualTo(of.length);
            assertThat(sums.sum(local)).isEqualTo(Arrays.stream(of).sum());
        }
    }
}
