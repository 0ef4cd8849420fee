package ai.pathbound.mcp.confirm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SealTest {
    private static final String KEY = Base64.getEncoder().encodeToString(new byte[32]);
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

    private static Seal seal(String key, Instant now) {
        return new Seal(new ConfirmSettings(false, Duration.ofMinutes(5), key),
                InstantSource.fixed(now));
    }

    @Test
    void seal_opensOnEachNodeWithTheKey_untilItExpires() {
        String sealed = seal(KEY, NOW).over(List.of("t1", "note_1"));
        assertThat(seal(KEY, NOW.plusSeconds(299)).opens(sealed, List.of("t1", "note_1")))
                .isTrue();
        assertThat(seal(KEY, NOW.plusSeconds(300)).opens(sealed, List.of("t1", "note_1")))
                .isFalse();
    }

    @Test
    void seal_doesNotOpen_forOtherTextsOrKeys() {
        String sealed = seal(KEY, NOW).over(List.of("ab", "c"));
        assertThat(seal(KEY, NOW).opens(sealed, List.of("a", "bc"))).isFalse();
        assertThat(seal(KEY, NOW).opens(sealed, List.of("ab"))).isFalse();
        assertThat(seal("", NOW).opens(sealed, List.of("ab", "c"))).isFalse();
        for (int i = 0; i < sealed.length(); i++) {
            char other = sealed.charAt(i) == 'A' ? 'B' : 'A';
            String forged = sealed.substring(0, i) + other + sealed.substring(i + 1);
            byte[] same = Base64.getUrlDecoder().decode(sealed);
            if (!java.util.Arrays.equals(same, Base64.getUrlDecoder().decode(forged))) {
                assertThat(seal(KEY, NOW).opens(forged, List.of("ab", "c"))).isFalse();
            }
        }
    }

    @Test
    void settings_refuseWeakKeys_withoutShowingThem() {
        assertThatThrownBy(() -> seal("c2hvcnQ=", NOW)).hasMessageContaining("32 bytes")
                .hasMessageNotContaining("c2hvcnQ");
        assertThatThrownBy(() -> seal("not base64!", NOW)).hasMessageContaining("base64")
                .hasMessageNotContaining("not base64!");
    }
}
