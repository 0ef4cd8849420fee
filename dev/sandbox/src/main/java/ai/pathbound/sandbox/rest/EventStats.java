package ai.pathbound.sandbox.rest;

import ai.pathbound.sandbox.store.EventFact;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The numbers of `GET /events/stats`, counted one event at a time.
final class EventStats {
    private static final int TOP_URLS = 10;
    private static final int ALL_TYPES = Integer.MAX_VALUE;
    private static final int BUCKETS_MAX = 5_000;
    private static final DateTimeFormatter BUCKET = DateTimeFormatter
            .ofPattern("uuuu-MM-dd'T'HH:mm:ssxxx");

    private final Call call;
    private final String interval;
    private final ZoneId zone;

    EventStats(Call call) {
        this.call = call;
        interval = call.oneOf("interval", List.of("hour", "day", "week", "month")).orElse("day");
        zone = zone(call.text("timezone").orElse("UTC"));
    }

    /// Bots are always told apart; `include_bots=false` leaves them out of all other numbers.
    Map<String, Object> of(List<EventFact> all) {
        boolean bots = call.flag("include_bots").orElse(true);
        List<EventFact> facts = all.stream().filter(fact -> bots || !fact.bot()).toList();
        long identified = facts.stream().filter(fact -> fact.owner().isPresent()).count();
        Map<String, Object> stats = new LinkedHashMap<>();
        stats.put("total_events", facts.size());
        stats.put("unique_contacts", distinct(facts, EventFact::owner));
        stats.put("unique_visitors", distinct(facts, EventFact::visitor));
        stats.put("identified_events", identified);
        stats.put("anonymous_events", facts.size() - identified);
        stats.put("bot_events", all.stream().filter(EventFact::bot).count());
        stats.put("by_type", ranking(facts, "event", fact -> Optional.of(fact.name()), ALL_TYPES));
        stats.put("top_urls", ranking(facts, "url", EventFact::url, TOP_URLS));
        stats.put("series", series(facts));
        return stats;
    }

    private static long distinct(List<EventFact> facts,
            Function<EventFact, Optional<String>> field) {
        return facts.stream().flatMap(fact -> field.apply(fact).stream()).distinct().count();
    }

    private static List<Map<String, Object>> ranking(List<EventFact> facts,
            String name,
            Function<EventFact, Optional<String>> field,
            int most) {
        Map<String, Long> counts = facts.stream()
                .flatMap(fact -> field.apply(fact).stream())
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        return counts.entrySet()
                .stream()
                .sorted(
                        Map.Entry.<String, Long>comparingByValue()
                                .reversed()
                                .thenComparing(Map.Entry.comparingByKey()))
                .limit(most)
                .map(entry -> Map.<String, Object>of(name,
                        entry.getKey(),
                        "count",
                        entry.getValue()))
                .toList();
    }

    /// One bucket after the other, empty ones too, over the asked range or else that of the events.
    private List<Map<String, Object>> series(List<EventFact> facts) {
        Map<Instant, Long> counts = new TreeMap<>();
        facts.forEach(fact -> counts.merge(start(fact.at()).toInstant(), 1L, Long::sum));
        Optional<Instant> first = call.time("date_after")
                .or(() -> facts.stream().map(EventFact::at).min(Comparator.naturalOrder()));
        Optional<Instant> last = call.time("date_before")
                .map(before -> before.minusMillis(1))
                .or(() -> facts.stream().map(EventFact::at).max(Comparator.naturalOrder()));
        List<Map<String, Object>> series = new ArrayList<>();
        if (first.isEmpty() || last.isEmpty()) {
            return series;
        }
        for (ZonedDateTime at = start(first.get()); !at.toInstant()
                .isAfter(last.get()); at = next(at)) {
            if (series.size() == BUCKETS_MAX) {
                throw Refusal.invalid(
                        "interval",
                        "gives more than " + BUCKETS_MAX + " buckets; take a longer one");
            }
            long count = counts.getOrDefault(at.toInstant(), 0L);
            series.add(Map.of("bucket", BUCKET.format(at), "count", count));
        }
        return series;
    }

    private ZonedDateTime start(Instant instant) {
        ZonedDateTime at = instant.atZone(zone);
        return switch (interval) {
            case "hour" -> at.truncatedTo(ChronoUnit.HOURS);
            case "week" -> at.toLocalDate()
                    .with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY))
                    .atStartOfDay(zone);
            case "month" -> at.toLocalDate().withDayOfMonth(1).atStartOfDay(zone);
            default -> at.toLocalDate().atStartOfDay(zone);
        };
    }

    private ZonedDateTime next(ZonedDateTime start) {
        return switch (interval) {
            case "hour" -> start.plusHours(1);
            case "week" -> start.toLocalDate().plusWeeks(1).atStartOfDay(zone);
            case "month" -> start.toLocalDate().plusMonths(1).atStartOfDay(zone);
            default -> start.toLocalDate().plusDays(1).atStartOfDay(zone);
        };
    }

    private static ZoneId zone(String name) {
        try {
            return ZoneId.of(name);
        } catch (DateTimeException e) {
            throw Refusal.invalid("timezone", "must be an IANA time zone: " + name);
        }
    }
}
