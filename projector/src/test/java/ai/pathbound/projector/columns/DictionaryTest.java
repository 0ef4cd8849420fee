package ai.pathbound.projector.columns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
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
        Dictionary indexed = new Dictionary();
        int first = new Random(seed).nextInt(100);
        indexed.restore(1, texts.subList(0, first));
        indexed.index();
        indexed.restore(1, texts);
        Dictionary fresh = new Dictionary();
        texts.forEach(fresh::addNew);
        Dictionary paged = paged(added);
        // As where a table that shares it has been opened before.
        paged(added, paged);

        for (Dictionary dictionary : List.of(added, restored, indexed, fresh, paged)) {
            dictionary.index();
            assertThat(dictionary.find("nobody's text")).isZero();
            assertThat(dictionary.textsAfter(0)).isEqualTo(texts);
            int[] codes = IntStream.rangeClosed(1, texts.size()).toArray();
            assertThat(texts.stream().mapToInt(dictionary::find).toArray()).isEqualTo(codes);
            assertThat(texts.stream().mapToInt(text -> ignoringCase(dictionary, text)).toArray())
                    .isEqualTo(codes);
        }
    }

    /// Put back page by page, as it is stored.
    private static Dictionary paged(Dictionary from) {
        Dictionary into = new Dictionary();
        paged(from, into);
        assertThat(from.packed(1)).isPresent();
        return into;
    }

    private static void paged(Dictionary from, Dictionary into) {
        List<String> texts = from.textsAfter(0);
        for (int first = 1; first <= texts.size();) {
            int begin = first;
            int end = Math.min(texts.size(), Dictionary.lastOfPage(first));
            from.packed(first)
                    .ifPresentOrElse(
                            page -> into.restore(begin, page),
                            () -> into.restore(begin, texts.subList(begin - 1, end)));
            first = end + 1;
        }
    }

    @Test
    void refusesAPageOfOtherEntries() {
        List<String> texts = new ArrayList<>(texts(new Random(1)));
        Dictionary one = new Dictionary();
        texts.forEach(one::add);
        Collections.swap(texts, 17, 18);
        Dictionary other = new Dictionary();
        texts.forEach(other::add);
        assertThatThrownBy(() -> paged(other, one)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("another dictionary entry has code ");
    }

    @Test
    void looksOnlyForWhatIsInTheIndex_untilItIsMade() {
        Dictionary dictionary = new Dictionary();
        dictionary.addNew("a");
        assertThat(dictionary.findKnown("a")).isZero();
        assertThat(dictionary.add("a")).isEqualTo(1);
        dictionary.index();
        assertThat(dictionary.findKnown("a")).isEqualTo(1);
        assertThat(dictionary.add("b")).isEqualTo(2);
        dictionary.addNew("b");
        assertThatThrownBy(dictionary::index).hasMessage("dictionary entry twice: code 3");
    }

    @Test
    void refusesAnEntryTwice() {
        Dictionary dictionary = new Dictionary();
        assertThatThrownBy(() -> {
            dictionary.restore(1, List.of("one", "other", "one"));
            dictionary.index();
        })
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
