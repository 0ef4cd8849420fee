package ai.pathbound.mcp.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpHeaders;

/// The spellings of rate limit headers.
final class AllowanceTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"RateLimit|\"default\";r=50;t=30|50|30",
            "RateLimit|limit=100, remaining=7, reset=12|7|12", "RateLimit-Remaining|3|3|-1",
            "X-RateLimit-Remaining|0|0|-1", "RateLimit|\"default\";r=5|5|-1"})
    void remaining_isRead(String header, String value, int left, int resetsIn) {
        HttpHeaders headers = new HttpHeaders();
        headers.set(header, value);
        assertThat(Allowance.of(headers)).contains(
                new Allowance(left,
                        resetsIn < 0
                                ? Optional.empty()
                                : Optional.of(Duration.ofSeconds(resetsIn))));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"RateLimit|nonsense", "RateLimit-Remaining|-1",
            "RateLimit-Remaining|99999999999999", "Other|5"})
    void nonsense_isNoAllowance(String header, String value) {
        HttpHeaders headers = new HttpHeaders();
        headers.set(header, value);
        assertThat(Allowance.of(headers)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1795000000", "86401", "soon"})
    void timesOfDay_areNoPause(String reset) {
        HttpHeaders headers = new HttpHeaders();
        headers.set("X-RateLimit-Remaining", "5");
        headers.set("X-RateLimit-Reset", reset);
        assertThat(Allowance.of(headers)).contains(new Allowance(5, Optional.empty()));
    }
}
