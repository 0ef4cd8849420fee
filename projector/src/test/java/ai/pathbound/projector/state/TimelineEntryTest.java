package ai.pathbound.projector.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Arrays;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimelineEntryTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "page_view", "é", "a\u0000b", "😀", "\u007f\u0080"})
    void entry_comesBackEqual(String text) {
        TimelineEntry entry = new TimelineEntry("tracker", text, "https://acme.test/", text + "!");
        assertThat(TimelineEntry.of(entry.row())).isEqualTo(entry);
    }

    @Test
    void longTexts_areCutWhenWritten() {
        TimelineEntry entry = new TimelineEntry("tracker", "page_view", "u".repeat(5000), "");
        assertThat(TimelineEntry.of(entry.row()).url()).hasSize(TimelineEntry.TEXT_MAX);
    }

    @Test
    void rowsCutAnywhere_areRefused() {
        byte[] row = new TimelineEntry("tracker", "é", "https://acme.test/", "Über uns").row();
        for (int length = 0; length < row.length; length++) {
            byte[] cut = Arrays.copyOf(row, length);
            assertThatExceptionOfType(ProcessorStateException.class)
                    .isThrownBy(() -> TimelineEntry.of(cut));
        }
    }

    @Test
    void rowsOfAnotherFormat_areRefused() {
        byte[] row = new TimelineEntry("tracker", "page_view", "", "").row();
        row[0] = 2;
        assertThatExceptionOfType(ProcessorStateException.class)
                .isThrownBy(() -> TimelineEntry.of(row))
                .withMessageContaining("format");
    }
}
