package ai.pathbound.schemas.topics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ChangeKeyTest {
    @ParameterizedTest
    @EnumSource
    void keysOfEveryKindComeBackEqual(EntityKind kind) {
        var key = new ChangeKey("acme", kind, "id-1.2:3~!");
        assertThat(ChangeKey.parse(key.toBytes())).isEqualTo(key);
    }

    @Test
    void bytesReadTenantKindAndId() {
        assertThat(new ChangeKey("acme", EntityKind.CONTACT_NOTE, "note_1").toBytes())
                .asString(UTF_8)
                .isEqualTo("acme/contact_note/note_1");
    }

    @Test
    void longestTenantAndIdAreAccepted() {
        var key = new ChangeKey("t".repeat(64), EntityKind.EVENT, "e".repeat(200));
        assertThat(ChangeKey.parse(key.toBytes())).isEqualTo(key);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(quoteCharacter = '"', value = {"\"\", must read", "acme, must read",
            "acme/contact, must read", "acme/person/ct_1, unknown entity kind 'person'",
            "acme//ct_1, unknown entity kind ''", "acme/CONTACT/ct_1, unknown entity kind",
            "/contact/ct_1, tenant must match", "ac me/contact/ct_1, tenant must match",
            "acme/contact/, id must match", "acme/contact/a/b, id must match",
            "acme/contact/a b, id must match", "acme/contact/é, id must match"})
    void anyOtherText_isRefusedSayingWhatIsWrong(String text, String reason) {
        assertThatIllegalArgumentException().isThrownBy(() -> ChangeKey.parse(text.getBytes(UTF_8)))
                .withMessageContaining(reason);
    }

    @Test
    void overlongTenantOrId_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ChangeKey("t".repeat(65), EntityKind.EVENT, "e"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ChangeKey("t", EntityKind.EVENT, "e".repeat(201)));
    }

    @Test
    void idsAreVisibleAsciiWithoutSlash() {
        Pattern model = Pattern.compile("[!-.0-~]");
        for (char c = 0; c < 0x200; c++) {
            String text = String.valueOf(c);
            assertThat(ChangeKey.isId(text)).isEqualTo(model.matcher(text).matches());
            assertThat(ChangeKey.isId("e" + c)).isEqualTo(model.matcher(text).matches());
        }
    }

    @Test
    void bytesThatAreNoText_areRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ChangeKey.parse(new byte[]{-1, '/', 'e', 'v', -2, '/', 0}));
    }
}
