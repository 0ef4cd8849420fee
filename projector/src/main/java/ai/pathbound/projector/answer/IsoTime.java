package ai.pathbound.projector.answer;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/// Times as answers show them: ISO 8601 in UTC with milliseconds, such as `2026-03-01T12:00:00.000Z`.
/// An answer has dozens, and a formatter costs several times what these digits do.
final class IsoTime {
    /// For years of other than four digits.
    private static final DateTimeFormatter ANY = DateTimeFormatter
            .ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'")
            .withZone(ZoneOffset.UTC);
    private static final byte[] PATTERN = "0000-00-00T00:00:00.000Z"
            .getBytes(StandardCharsets.US_ASCII);
    private static final int YEAR_MAX = 9999;
    private static final int NANOS_PER_MILLI = 1_000_000;

    private IsoTime() {}

    static String text(Instant at) {
        return new String(ascii(at), StandardCharsets.US_ASCII);
    }

    static byte[] ascii(Instant at) {
        LocalDateTime time = LocalDateTime
                .ofEpochSecond(at.getEpochSecond(), at.getNano(), ZoneOffset.UTC);
        if (time.getYear() < 0 || time.getYear() > YEAR_MAX) {
            return ANY.format(at).getBytes(StandardCharsets.US_ASCII);
        }
        byte[] text = PATTERN.clone();
        digits(time.getYear(), text, 0, 4);
        digits(time.getMonthValue(), text, 5, 7);
        digits(time.getDayOfMonth(), text, 8, 10);
        digits(time.getHour(), text, 11, 13);
        digits(time.getMinute(), text, 14, 16);
        digits(time.getSecond(), text, 17, 19);
        digits(time.getNano() / NANOS_PER_MILLI, text, 20, 23);
        return text;
    }

    private static void digits(int number, byte[] text, int begin, int end) {
        int left = number;
        for (int at = end - 1; at >= begin; at--) {
            text[at] = (byte) ('0' + left % 10);
            left /= 10;
        }
    }
}
