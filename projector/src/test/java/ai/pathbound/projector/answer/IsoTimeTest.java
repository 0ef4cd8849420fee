package ai.pathbound.projector.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class IsoTimeTest {
    private static final DateTimeFormatter FORMATTER = DateTimeFormatter
            .ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'")
            .withZone(ZoneOffset.UTC);

    static LongStream seeds() {
        return LongStream.range(0, Long.getLong("pathbound.seeds", 12));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void anyTime_readsAsTheFormatterWritesIt(long seed) {
        var random = new SplittableRandom(seed);
        for (int i = 0; i < 1000; i++) {
            Instant at = Instant.ofEpochSecond(
                    random.nextLong(-400_000_000_000L, 400_000_000_000L),
                    random.nextInt(1_000_000_000));
            assertThat(IsoTime.text(at)).isEqualTo(FORMATTER.format(at));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0000-01-01T00:00:00Z", "0000-01-01T00:00:00.999999999Z",
            "-0001-12-31T23:59:59Z", "1969-12-31T23:59:59.999Z", "2024-02-29T00:00:00Z",
            "9999-12-31T23:59:59.999Z", "+10000-01-01T00:00:00Z"})
    void edges_readAsTheFormatterWritesThem(Instant at) {
        assertThat(IsoTime.text(at)).isEqualTo(FORMATTER.format(at));
    }
}
