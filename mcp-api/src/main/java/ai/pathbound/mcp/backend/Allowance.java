package ai.pathbound.mcp.backend;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;

/// What an answer says about the requests that are left. Three spellings are about: the draft
/// standard's `RateLimit` (draft-ietf-httpapi-ratelimit-headers), its older pair of headers, and the
/// same pair with `X-`.
///
/// @param resetsIn when there will be more; times of day are ignored, they mean nothing without a
///     common clock
record Allowance(int left, Optional<Duration> resetsIn) {
    private static final Pattern LEFT = Pattern.compile("\\b(?:r|remaining)=(\\d{1,9})\\b");
    private static final Pattern RESET = Pattern.compile("\\b(?:t|reset)=(\\d{1,9})\\b");

    static Optional<Allowance> of(HttpHeaders headers) {
        Optional<String> combined = Optional.ofNullable(headers.getFirst("RateLimit"));
        Optional<String> left = combined.flatMap(text -> find(LEFT, text))
                .or(() -> Optional.ofNullable(headers.getFirst("RateLimit-Remaining")))
                .or(() -> Optional.ofNullable(headers.getFirst("X-RateLimit-Remaining")));
        Optional<String> reset = combined.flatMap(text -> find(RESET, text))
                .or(() -> Optional.ofNullable(headers.getFirst("RateLimit-Reset")))
                .or(() -> Optional.ofNullable(headers.getFirst("X-RateLimit-Reset")));
        return left.filter(text -> text.matches("\\d{1,9}"))
                .map(
                        text -> new Allowance(Integer.parseInt(text),
                                reset.flatMap(Allowance::seconds)));
    }

    /// A number of seconds; longer than a day is no pause but a time of day.
    static Optional<Duration> seconds(String text) {
        return text.matches("\\d{1,6}")
                ? Optional.of(Duration.ofSeconds(Long.parseLong(text)))
                        .filter(pause -> pause.compareTo(Duration.ofDays(1)) <= 0)
                : Optional.empty();
    }

    private static Optional<String> find(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
