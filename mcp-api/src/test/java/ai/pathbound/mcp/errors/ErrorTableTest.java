package ai.pathbound.mcp.errors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The table of errors in the documentation names each code and says rightly what it means for a write.
final class ErrorTableTest {
    private static final Path TABLE = Path.of("..", "docs", "errors.md");
    private static final Pattern ROW = Pattern
            .compile("\\| `(\\w+)` \\| (no|unknown) \\| (.+) \\| (.+) \\|");

    @Test
    void table_hasEachCodeOnce_inOrder() throws IOException {
        assertThat(rows()).map(row -> row.group(1))
                .containsExactlyElementsOf(
                        Arrays.stream(ErrorCode.values()).map(ErrorCode::word).toList());
    }

    @Test
    void table_tellsWhatWasWritten() throws IOException {
        Map<String, String> told = rows().stream()
                .collect(Collectors.toMap(row -> row.group(1), row -> row.group(2)));
        for (ErrorCode code : ErrorCode.values()) {
            String word = switch (code.effect()) {
                case NOTHING -> "no";
                case UNKNOWN -> "unknown";
            };
            assertThat(told).containsEntry(code.word(), word);
        }
    }

    @Test
    void tableOfRefusals_hasEachReasonOnce_withItsStatus() throws IOException {
        Pattern row = Pattern.compile("\\| `(\\w+)` \\| (\\d{3}) \\| (.+) \\| (.+) \\|");
        assertThat(
                Files.readAllLines(TABLE)
                        .stream()
                        .map(row::matcher)
                        .filter(Matcher::matches)
                        .map(match -> match.group(1) + " " + match.group(2)))
                .containsExactlyElementsOf(
                        Arrays.stream(Reason.values())
                                .map(reason -> reason.word() + " " + reason.status())
                                .toList());
    }

    private static List<Matcher> rows() throws IOException {
        return Files.readAllLines(TABLE)
                .stream()
                .map(ROW::matcher)
                .filter(Matcher::matches)
                .toList();
    }
}
