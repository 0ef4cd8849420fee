package ai.pathbound.projector.columns.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainPageTest {
    private static final List<String> TEXTS = List
            .of("", "Anna", "café", "a".repeat(60), "É".repeat(40), "Anna B", "x\ud83d", "b");

    @ParameterizedTest(name = "{0} bytes")
    @ValueSource(ints = {0, 10, 70, 200, 1 << 30})
    void texts_areTheSame_howeverManyBytesThePageMayTake(int bytesMax) {
        PlainPage open = new PlainPage(bytesMax);
        TEXTS.forEach(open::add);
        for (TextPage page : List.of(open, open.sealed(open))) {
            for (int at = 0; at < TEXTS.size(); at++) {
                String text = TEXTS.get(at);
                assertThat(page.text(at)).isEqualTo(text);
                assertThat(page.hash(at)).isEqualTo(TextIndex.hash(text));
                for (String other : TEXTS) {
                    assertThat(page.is(at, other)).isEqualTo(text.equals(other));
                }
                for (int other = 0; other < TEXTS.size(); other++) {
                    assertThat(
                            Integer.signum(TextPage.compareIgnoringCase(page, at, page, other)))
                            .isEqualTo(Integer.signum(text.compareToIgnoreCase(TEXTS.get(other))));
                }
            }
            for (String part : List.of("", "anna", "é", "aaa", "b", "zz")) {
                List<Integer> found = new ArrayList<>();
                page.find(new Needle(part), 0, TEXTS.size(), found::add);
                assertThat(found).as(part)
                        .containsExactlyInAnyOrderElementsOf(
                                java.util.stream.IntStream.range(0, TEXTS.size())
                                        .filter(
                                                at -> TEXTS.get(at)
                                                        .toLowerCase(java.util.Locale.ROOT)
                                                        .contains(part))
                                        .boxed()
                                        .toList());
            }
        }
    }
}
