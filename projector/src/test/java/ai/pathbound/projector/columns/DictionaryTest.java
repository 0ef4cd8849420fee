package ai.pathbound.projector.columns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Enough entries that pages are sealed and the index is cut into pieces.
class DictionaryTest {
    private static final int ENTRIES = 50_000;

    @ParameterizedTest
    @MethodSource("ai.pathbound.projector.columns.Seeds#seeds")
    void findsEveryEntryWhicheverWayItCame(long seed) {
        List<String> texts = texts(new Random(seed));
        Dictionary added = new Dictionary();
        texts.forEach(added::add);
        Dictionary restored = new Dictionary();
        restored.restore(1, texts);
        Dictionary reserved = new Dictionary();
        int first = new Random(seed).nextInt(100);
        reserved.restore(1, texts.subList(0, first));
        reserved.reserve(texts.size());
        reserved.restoreShared(1, texts);

        for (Dictionary dictionary : List.of(added, restored, reserved)) {
            assertThat(dictionary.find("nobody's text")).isZero();
            assertThat(dictionary.textsAfter(0)).isEqualTo(texts);
            int[] codes = IntStream.rangeClosed(1, texts.size()).toArray();
            assertThat(texts.stream().mapToInt(dictionary::find).toArray()).isEqualTo(codes);
            assertThat(texts.stream().mapToInt(text -> ignoringCase(dictionary, text)).toArray())
                    .isEqualTo(codes);
        }
    }

    @Test
    void refusesAnEntryTwice() {
        Dictionary dictionary = new Dictionary();
        assertThatThrownBy(() -> dictionary.restore(1, List.of("one", "other", "one")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("dictionary entry twice: code 3");
    }

    /// The only text that is this one in lower case.
    private static int ignoringCase(Dictionary dictionary, String text) {
        int[] sum = new int[1];
        dictionary.findIgnoringCase(text.toLowerCase(Locale.ROOT), code -> sum[0] += code);
        return sum[0];
    }

    /// Pages of ids, of mixed words, and of texts beyond ASCII.
    private static List<String> texts(Random random) {
        Set<String> texts = new LinkedHashSet<>();
        while (texts.size() < ENTRIES) {
            int number = random.nextInt(1 << 30);
            texts.add(switch (texts.size() * 3 / ENTRIES) {
                case 0 -> "Evt_" + Integer.toString(number, 36);
                case 1 -> "Word " + number + (random.nextBoolean() ? " of Many" : "");
                default -> (random.nextBoolean() ? "Straße " : "Ærø ") + number;
            });
        }
        return List.copyOf(texts);
    }
}
