package ai.pathbound.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Times that ISO 8601 allows and no calendar of ours has.
final class YearsTest {
    private static final TestServer SERVER = new TestServer(new FixedReadModel(), () -> true);

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"+999999999-12-31", "+10000-01-01T00:00:00Z", "-0001-01-01",
            "-999999999-01-01T00:00:00Z"})
    void yearsOfOtherThanFourDigits_areBadArguments(String time) {
        assertThat(
                SERVER.client("sk_all")
                        .tool("list_events", "{\"date_after\":\"" + time + "\"}")
                        .json()
                        .at("/result/content/0/text")
                        .asString())
                .contains("invalid_arguments", "date_after", "must be a date");
    }
}
