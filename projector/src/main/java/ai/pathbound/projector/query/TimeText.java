package ai.pathbound.projector.query;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;

/// Times as callers write them: a date such as `2026-06-01`, which stands for its beginning in UTC, or a
/// time with its zone such as `2026-06-01T08:00:00Z`.
public final class TimeText {
    private static final int YEAR_MAX = 9_999;

    private TimeText() {}

    /// The time that a text stands for.
    ///
    /// @throws DateTimeException if it is of neither form
    public static Instant parse(String text) {
        return text.indexOf('T') < 0
                ? ordinary(LocalDate.parse(text)).atStartOfDay(ZoneOffset.UTC).toInstant()
                : ordinary(OffsetDateTime.parse(text)).toInstant();
    }

    /// Years have four digits; others would not even fit milliseconds.
    private static <T extends TemporalAccessor> T ordinary(T time) {
        if (time.get(ChronoField.YEAR) < 0 || time.get(ChronoField.YEAR) > YEAR_MAX) {
            throw new DateTimeException("year " + time.get(ChronoField.YEAR));
        }
        return time;
    }
}
