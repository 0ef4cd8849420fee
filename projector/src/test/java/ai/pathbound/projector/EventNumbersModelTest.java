package ai.pathbound.projector;

import static ai.pathbound.projector.GeneratedHistory.TENANT;
import static org.assertj.core.api.Assertions.assertThat;

import ai.pathbound.projector.GeneratedHistory.Step;
import ai.pathbound.projector.query.Question.EventStats;
import ai.pathbound.projector.query.Question.EventTypes;
import ai.pathbound.projector.query.Question.Interval;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/// Statistics of events against [PlainSets]. More seeds: `-Dpathbound.seeds=200`.
class EventNumbersModelTest {
    private static final ZoneId MADRID = ZoneId.of("Europe/Madrid");

    static LongStream seeds() {
        return LongStream.range(0, Long.getLong("pathbound.seeds", 8));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void statisticsAgreeWithTheModel(long seed, @TempDir Path state) {
        List<Step> history = GeneratedHistory.of(seed, 300);
        PlainSets sets = new PlainSets(new PlainModel(history));
        Random random = new Random(seed);
        SetFilters filters = new SetFilters(random);
        try (TestProjector projector = TestProjector.loadedEarly(state)) {
            GeneratedHistory.shuffled(history, seed)
                    .forEach(step -> projector.send(step.key(), step.value()));
            types(projector.json(TENANT, new EventTypes()).at("/event_types"), sets);
            for (int i = 0; i < 30; i++) {
                EventStats question = new EventStats(
                        i == 0 ? SetFilters.ALL_EVENTS : filters.events(),
                        filters.some("co_0", "co_1", "co_2"), random.nextBoolean(),
                        random.nextBoolean() ? Optional.of(Interval.DAY) : Optional.empty(),
                        MADRID);
                compare(projector.json(TENANT, question).at("/stats"), sets, question);
            }
        }
    }

    private static void types(JsonNode types, PlainSets sets) {
        Map<Object, List<PlainRow>> byName = sets.events()
                .stream()
                .collect(Collectors.groupingBy(e -> e.get("event").orElseThrow()));
        assertThat(types).hasSize(byName.size());
        for (JsonNode type : types) {
            List<Instant> times = byName.getOrDefault(type.at("/event").asString(), List.of())
                    .stream()
                    .map(e -> (Instant) e.get("timestamp").orElseThrow())
                    .sorted()
                    .toList();
            assertThat(type.at("/count").asInt()).isEqualTo(times.size());
            assertThat(type.at("/first_seen").toString())
                    .isEqualTo(PlainValues.json(Optional.of(times.getFirst())));
            assertThat(type.at("/last_seen").toString())
                    .isEqualTo(PlainValues.json(Optional.of(times.getLast())));
        }
    }

    private static void compare(JsonNode stats, PlainSets sets, EventStats question) {
        List<PlainRow> all = sets.events(question.filter())
                .filter(
                        e -> question.companyId().isEmpty() || e.get("company_id")
                                .equals(question.companyId().map(Object.class::cast)))
                .toList();
        List<PlainRow> shown = all.stream()
                .filter(e -> question.includeBots() || !isBot(e))
                .toList();
        long identified = shown.stream().filter(e -> e.get("contact_id").isPresent()).count();
        String as = question.toString();
        assertThat(stats.at("/total_events").asLong(-1)).as(as).isEqualTo(shown.size());
        assertThat(stats.at("/unique_contacts").asLong(-1)).as(as)
                .isEqualTo(distinct(shown, "contact_id"));
        assertThat(stats.at("/unique_visitors").asLong(-1)).as(as)
                .isEqualTo(distinct(shown, "visitor_id"));
        assertThat(stats.at("/identified_events").asLong(-1)).as(as).isEqualTo(identified);
        assertThat(stats.at("/anonymous_events").asLong(-1)).as(as)
                .isEqualTo(shown.size() - identified);
        assertThat(stats.at("/bot_events").asLong(-1)).as(as)
                .isEqualTo(all.stream().filter(EventNumbersModelTest::isBot).count());
        assertThat(counts(stats.at("/by_type"), "event")).as(as)
                .isEqualTo(top(shown, "event", 1000));
        assertThat(counts(stats.at("/top_urls"), "url")).as(as).isEqualTo(top(shown, "url", 10));
        assertThat(stats.has("series")).isEqualTo(question.interval().isPresent());
        if (question.interval().isPresent()) {
            series(stats.at("/series"), shown);
        }
    }

    /// Every day once, in order; each with its events.
    private static void series(JsonNode series, List<PlainRow> shown) {
        ZonedDateTime next = null;
        long sum = 0;
        for (JsonNode bucket : series) {
            ZonedDateTime start = ZonedDateTime.parse(bucket.at("/bucket").asString())
                    .withZoneSameInstant(MADRID);
            assertThat(start).isEqualTo(next == null ? start : next);
            long expected = shown.stream()
                    .map(e -> ((Instant) e.get("timestamp").orElseThrow()).atZone(MADRID))
                    .filter(at -> at.toLocalDate().equals(start.toLocalDate()))
                    .count();
            assertThat(bucket.at("/count").asLong(-1)).isEqualTo(expected);
            sum += expected;
            next = start.toLocalDate().plusDays(1).atStartOfDay(MADRID);
        }
        assertThat(sum).isEqualTo(shown.size());
    }

    private static boolean isBot(PlainRow event) {
        return event.get("is_bot").equals(Optional.of(true));
    }

    private static long distinct(List<PlainRow> rows, String field) {
        return rows.stream().flatMap(row -> row.get(field).stream()).distinct().count();
    }

    private static List<String> counts(JsonNode array, String name) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(item -> item.at("/" + name).asString() + "=" + item.at("/count").asLong())
                .toList();
    }

    private static List<String> top(List<PlainRow> rows, String field, int limit) {
        Map<String, Long> counts = rows.stream()
                .flatMap(row -> row.get(field).stream())
                .collect(Collectors.groupingBy(Object::toString, Collectors.counting()));
        return counts.entrySet()
                .stream()
                .sorted(
                        Map.Entry.<String, Long>comparingByValue()
                                .reversed()
                                .thenComparing(Map.Entry::getKey,
                                        Comparator.comparing(o -> o, PlainValues.ORDER)))
                .limit(limit)
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .toList();
    }
}
