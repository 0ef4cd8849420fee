package ai.pathbound.projector.columns.query;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Calendar units that times are grouped by. Weeks start on Monday (ISO 8601).
public enum TimeUnit {
    HOUR(900_000L), DAY(23 * 3_600_000L), WEEK(167 * 3_600_000L), MONTH(27 * 86_400_000L);

    private final long shortestMillis;

    TimeUnit(long shortestMillis) {
        this.shortestMillis = shortestMillis;
    }

    /// A bound below (an hour may be cut by a change of the clock), used to say how many buckets a range may have at most.
    long shortestMillis() {
        return shortestMillis;
    }

    /// The first instant of the bucket a time lies in. When clocks go back, the repeated hour is a
    /// bucket of its own; a day that begins in a gap begins at the gap's end.
    public Instant start(Instant at, ZoneId zone) {
        if (this == HOUR) {
            int offset = zone.getRules().getOffset(at).getTotalSeconds();
            long local = at.getEpochSecond() + offset;
            Instant start = Instant.ofEpochSecond(Math.floorDiv(local, 3600L) * 3600 - offset);
            // A change of offset within the hour starts a bucket too.
            return zone.getRules().getOffset(start).getTotalSeconds() == offset
                    ? start
                    : later(start,
                            zone.getRules().previousTransition(at.plusNanos(1)).getInstant());
        }
        LocalDate day = at.atZone(zone).toLocalDate();
        return first(day).atStartOfDay(zone).toInstant();
    }

    /// Times around one that lie in its bucket and have its offset, without a gap.
    ///
    /// @param to exclusive
    record Run(Instant from, Instant to) {}

    Run run(Instant at, ZoneId zone) {
        ZoneRules rules = zone.getRules();
        ZoneOffset offset = rules.getOffset(at);
        LocalDateTime local = LocalDateTime.ofInstant(at, offset);
        LocalDateTime first = this == HOUR
                ? local.truncatedTo(ChronoUnit.HOURS)
                : first(local.toLocalDate()).atStartOfDay();
        LocalDateTime end = switch (this) {
            case HOUR -> first.plusHours(1);
            case DAY -> first.plusDays(1);
            case WEEK -> first.plusWeeks(1);
            case MONTH -> first.plusMonths(1);
        };
        Instant from = first.toInstant(offset);
        Instant to = end.toInstant(offset);
        ZoneOffsetTransition before = rules.previousTransition(at.plusNanos(1));
        ZoneOffsetTransition after = rules.nextTransition(at);
        return new Run(before == null ? from : later(from, before.getInstant()),
                after != null && after.getInstant().isBefore(to) ? after.getInstant() : to);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private LocalDate first(LocalDate day) {
        return switch (this) {
            case HOUR, DAY -> day;
            case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            case MONTH -> day.withDayOfMonth(1);
        };
    }

    /// The first instant of the bucket after the one that starts there.
    public Instant next(Instant start, ZoneId zone) {
        ZonedDateTime local = start.atZone(zone);
        return switch (this) {
            case HOUR -> nextHour(start, zone);
            case DAY -> local.toLocalDate().plusDays(1).atStartOfDay(zone).toInstant();
            case WEEK -> local.toLocalDate().plusWeeks(1).atStartOfDay(zone).toInstant();
            case MONTH -> local.toLocalDate().plusMonths(1).atStartOfDay(zone).toInstant();
        };
    }

    private static Instant nextHour(Instant start, ZoneId zone) {
        int offset = zone.getRules().getOffset(start).getTotalSeconds();
        long local = start.getEpochSecond() + offset;
        Instant next = Instant.ofEpochSecond((Math.floorDiv(local, 3600L) + 1) * 3600 - offset);
        var change = zone.getRules().nextTransition(start);
        return change != null && change.getInstant().isBefore(next) ? change.getInstant() : next;
    }

    /// All bucket starts from the bucket of `from` to before `to`: for filling series with zeros. Empty
    /// if there are more than `max`.
    public Optional<List<Instant>> starts(Instant from, Instant to, ZoneId zone, int max) {
        List<Instant> starts = new ArrayList<>();
        for (Instant at = start(from, zone); at.isBefore(to); at = next(at, zone)) {
            if (starts.size() == max) {
                return Optional.empty();
            }
            starts.add(at);
        }
        return Optional.of(starts);
    }
}
