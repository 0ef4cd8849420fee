package ai.pathbound.projector.columns.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// Quotients against those of the processor.
final class DivisorsTest {
    private static final int DIVISOR_MAX = 300;

    @Test
    void quotientsOfAllSizes_areExact() {
        int[] all = IntStream.rangeClosed(1, DIVISOR_MAX).toArray();
        Divisors divisors = new Divisors(all);
        Random random = new Random(7);
        for (int at = 0; at < all.length; at++) {
            long divisor = all[at];
            LongStream.Builder values = LongStream.builder().add(0).add(1).add(Long.MAX_VALUE);
            for (int i = 0; i < 1000; i++) {
                long value = random.nextLong() >>> (1 + random.nextInt(Long.SIZE - 1));
                long multiple = value / divisor * divisor;
                values.add(value).add(multiple).add(Math.max(0, multiple - 1));
            }
            int index = at;
            values.build()
                    .forEach(
                            value -> assertThat(divisors.quotient(value, index))
                                    .isEqualTo(value / divisor));
        }
    }
}
