package ai.pathbound.projector.columns.query;

import ai.pathbound.projector.columns.Kind;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Turns times into bucket starts, hours or weekdays of a zone. Buckets found once are kept in order, so
/// a time costs a look at the neighbours and seldom the zone's rules.
final class Calendar {
    private static final int HOURS_OF_DAY = 24;
    private static final int DAYS_OF_WEEK = 7;
    private static final int KNOWN_MAX = 100_000;

    private final Key key;
    private final TimeUnit unit;
    private final ZoneId zone;
    private final Map<Long, Span> known = new ConcurrentHashMap<>();

    private Calendar(Key key, TimeUnit unit, ZoneId zone) {
        this.key = key;
        this.unit = unit;
        this.zone = zone;
    }

    /// Times that follow each other and lie in one bucket, and what it counts as. Where clocks go back over
    /// midnight, a day has two of these with one of the next day between.
    private record Span(long from, long to, long payload) {}

    static Calendar of(Key key) {
        return switch (key) {
            case Key.Bucket(Operand _, TimeUnit unit, ZoneId zone) -> new Calendar(key, unit, zone);
            case Key.HourOfDay(Operand _, ZoneId zone) -> new Calendar(key, TimeUnit.HOUR, zone);
            case Key.DayOfWeek(Operand _, ZoneId zone) -> new Calendar(key, TimeUnit.DAY, zone);
            // Plain values ask no calendar.
            case Key.Values _ -> new Calendar(key, TimeUnit.DAY, java.time.ZoneOffset.UTC);
        };
    }

    Kind kind() {
        return key instanceof Key.Bucket ? Kind.TIME : Kind.WHOLE;
    }

    /// A bound for the distinct results of times that lie so far apart.
    int sizeMax(long spanMillis) {
        return switch (key) {
            case Key.HourOfDay _ -> HOURS_OF_DAY;
            case Key.DayOfWeek _ -> DAYS_OF_WEEK;
            case Key.Bucket _,Key.Values _ -> (int) Math
                    .min(Integer.MAX_VALUE, spanMillis / unit.shortestMillis() + 3);
        };
    }

    Cursor cursor() {
        return new Cursor();
    }

    private Span span(long epochMillis) {
        // Hours keep at most four spans to a quarter hour of UTC apart: all offsets are whole quarters today.
        long slot = Math.floorDiv(epochMillis, 900_000L);
        Span near = known.get(slot);
        if (near != null && epochMillis >= near.from() && epochMillis < near.to()) {
            return near;
        }
        Span span = compute(epochMillis);
        if (known.size() < KNOWN_MAX) {
            known.put(slot, span);
        }
        return span;
    }

    private Span compute(long epochMillis) {
        try {
            Instant at = Instant.ofEpochMilli(epochMillis);
            long payload = payload(unit.start(at, zone));
            TimeUnit.Run run = unit.run(at, zone);
            return new Span(run.from().toEpochMilli(), run.to().toEpochMilli(), payload);
        } catch (ArithmeticException | java.time.DateTimeException e) {
            throw new IllegalArgumentException("time out of the calendar: " + epochMillis, e);
        }
    }

    private long payload(Instant start) {
        return switch (key) {
            case Key.Bucket _ -> start.toEpochMilli();
            case Key.HourOfDay _ -> start.atZone(zone).getHour();
            case Key.DayOfWeek _ -> start.atZone(zone).getDayOfWeek().getValue();
            case Key.Values _ -> throw new IllegalStateException();
        };
    }

    /// One thread's place in the calendar.
    final class Cursor {
        private Span span = new Span(0, 0, 0);

        void moveTo(long epochMillis) {
            span = span(epochMillis);
        }

        long from() {
            return span.from();
        }

        long to() {
            return span.to();
        }

        long payload() {
            return span.payload();
        }
    }
}
