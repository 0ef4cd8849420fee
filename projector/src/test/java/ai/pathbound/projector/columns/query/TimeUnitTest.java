package ai.pathbound.projector.columns.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TimeUnitTest {
    private static final ZoneId MADRID = ZoneId.of("Europe/Madrid");
    private static final ZoneId LORD_HOWE = ZoneId.of("Australia/Lord_Howe");

    @ParameterizedTest
    @CsvSource({
            // Clocks go forward on 29 March 2026, back on 25 October, in Madrid at 01:00 UTC.
            "HOUR,  Europe/Madrid, 2026-03-29T01:30:00Z, 2026-03-29T01:00:00Z, 2026-03-29T02:00:00Z",
            "HOUR,  Europe/Madrid, 2026-10-25T00:30:00Z, 2026-10-25T00:00:00Z, 2026-10-25T01:00:00Z",
            "HOUR,  Europe/Madrid, 2026-10-25T01:30:00Z, 2026-10-25T01:00:00Z, 2026-10-25T02:00:00Z",
            "DAY,   Europe/Madrid, 2026-03-29T12:00:00Z, 2026-03-28T23:00:00Z, 2026-03-29T22:00:00Z",
            "DAY,   Europe/Madrid, 2026-10-25T12:00:00Z, 2026-10-24T22:00:00Z, 2026-10-25T23:00:00Z",
            "WEEK,  Europe/Madrid, 2026-03-29T21:59:59Z, 2026-03-22T23:00:00Z, 2026-03-29T22:00:00Z",
            "WEEK,  UTC,           2026-01-01T00:00:00Z, 2025-12-29T00:00:00Z, 2026-01-05T00:00:00Z",
            "MONTH, Europe/Madrid, 2026-03-31T21:59:59Z, 2026-02-28T23:00:00Z, 2026-03-31T22:00:00Z",
            "HOUR,  Asia/Kolkata,  2026-03-29T12:10:00Z, 2026-03-29T11:30:00Z, 2026-03-29T12:30:00Z",
            // Clocks go forward at midnight: the day begins at one.
            "DAY,   Africa/Cairo,  2026-04-24T12:00:00Z, 2026-04-23T22:00:00Z, 2026-04-24T21:00:00Z",
            // Back by half an hour on 5 April 2026 at 15:00 UTC on 4 April.
            "HOUR,  Australia/Lord_Howe, 2026-04-04T15:10:00Z, 2026-04-04T15:00:00Z, 2026-04-04T15:30:00Z"})
    void bucket_holdsItsTimes(TimeUnit unit, ZoneId zone, Instant at, Instant start, Instant next) {
        assertThat(unit.start(at, zone)).isEqualTo(start);
        assertThat(unit.start(start, zone)).isEqualTo(start);
        assertThat(unit.next(start, zone)).isEqualTo(next);
        assertThat(unit.start(next.minusMillis(1), zone)).isEqualTo(start);
    }

    @ParameterizedTest
    @EnumSource
    void starts_followEachOtherWithoutGap_inEveryZone(TimeUnit unit) {
        for (ZoneId zone : List.of(MADRID, LORD_HOWE, ZoneId.of("America/New_York"))) {
            Instant from = Instant.parse("2026-03-01T00:00:00Z");
            Instant to = Instant.parse("2026-04-20T00:00:00Z");
            List<Instant> starts = unit.starts(from, to, zone, 5_000).orElseThrow();
            assertThat(starts).isSorted().doesNotHaveDuplicates();
            for (Instant at = from; at.isBefore(to); at = at.plusSeconds(900)) {
                assertThat(starts).contains(unit.start(at, zone));
            }
        }
    }

    @Test
    void starts_moreThanAllowed_areNone() {
        Instant day = Instant.EPOCH.plusSeconds(86_400);
        assertThat(TimeUnit.HOUR.starts(Instant.EPOCH, day, ZoneOffset.UTC, 24)).isPresent();
        assertThat(TimeUnit.HOUR.starts(Instant.EPOCH, day, ZoneOffset.UTC, 23)).isEmpty();
        assertThat(
                TimeUnit.HOUR.starts(
                        Instant.EPOCH,
                        Instant.parse("2026-01-01T00:00:00Z"),
                        MADRID,
                        100))
                .isEmpty();
    }

    /// Around each change of each zone's clocks, in any order, since what was found for one time answers
    /// for those around it.
    @Test
    void calendars_agreeWithTheZonesRules_inEveryZone() {
        Operand time = Operand.field("at");
        Set<ZoneRules> seen = new HashSet<>();
        Random random = new Random(1);
        for (String id : new TreeSet<>(ZoneId.getAvailableZoneIds())) {
            ZoneId zone = ZoneId.of(id);
            if (!seen.add(zone.getRules())) {
                continue;
            }
            List<Instant> times = new ArrayList<>();
            zone.getRules().getTransitions().forEach(change -> {
                if (change.getInstant().isAfter(Instant.EPOCH)) {
                    for (int minutes : new int[]{-1500, -70, -1, 0, 1, 29, 58, 59, 60, 90, 1500}) {
                        times.add(change.getInstant().plusSeconds(60L * minutes));
                    }
                }
            });
            Collections.shuffle(times, random);
            Calendar.Cursor hours = Calendar.of(new Key.HourOfDay(time, zone)).cursor();
            Calendar.Cursor weekdays = Calendar.of(new Key.DayOfWeek(time, zone)).cursor();
            Calendar.Cursor days = Calendar.of(new Key.Bucket(time, TimeUnit.DAY, zone)).cursor();
            Calendar.Cursor months = Calendar.of(new Key.Bucket(time, TimeUnit.MONTH, zone))
                    .cursor();
            for (Instant at : times) {
                ZonedDateTime local = at.atZone(zone);
                assertThat(payload(hours, at)).as("%s %s", zone, at).isEqualTo(local.getHour());
                assertThat(payload(weekdays, at)).as("%s %s", zone, at)
                        .isEqualTo(local.getDayOfWeek().getValue());
                assertThat(payload(days, at)).as("%s %s", zone, at)
                        .isEqualTo(
                                local.toLocalDate().atStartOfDay(zone).toInstant().toEpochMilli());
                assertThat(payload(months, at)).as("%s %s", zone, at)
                        .isEqualTo(
                                local.toLocalDate()
                                        .withDayOfMonth(1)
                                        .atStartOfDay(zone)
                                        .toInstant()
                                        .toEpochMilli());
            }
        }
    }

    /// As scans use a cursor: it moves only when a time is not within.
    private static long payload(Calendar.Cursor cursor, Instant at) {
        long millis = at.toEpochMilli();
        if (millis < cursor.from() || millis >= cursor.to()) {
            cursor.moveTo(millis);
        }
        assertThat(millis).isGreaterThanOrEqualTo(cursor.from()).isLessThan(cursor.to());
        return cursor.payload();
    }
}
