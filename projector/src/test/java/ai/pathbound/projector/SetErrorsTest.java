package ai.pathbound.projector;

import static ai.pathbound.projector.GeneratedHistory.TENANT;
import static org.assertj.core.api.Assertions.assertThat;

import ai.pathbound.projector.query.Answer;
import ai.pathbound.projector.query.Question.Aggregate;
import ai.pathbound.projector.query.Question.Condition;
import ai.pathbound.projector.query.Question.Entity;
import ai.pathbound.projector.query.Question.EventStats;
import ai.pathbound.projector.query.Question.Interval;
import ai.pathbound.projector.query.Question.MetricOp;
import ai.pathbound.projector.query.Question.MetricSpec;
import ai.pathbound.projector.query.Question.Operator;
import ai.pathbound.projector.query.Question.TimeRange;
import ai.pathbound.schemas.change.Contact;
import ai.pathbound.schemas.change.Event;
import ai.pathbound.schemas.change.FirstTouch;
import ai.pathbound.schemas.topics.ChangeKey;
import ai.pathbound.schemas.topics.EntityKind;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/// Questions about sets that only the data can judge, and data that is odd.
class SetErrorsTest {
    private static final MetricSpec COUNT = new MetricSpec(MetricOp.COUNT, Optional.empty());

    @TempDir
    private Path state;
    private TestProjector projector;

    @BeforeEach
    void start() {
        projector = TestProjector.loadedEarly(state);
        put("ct_1", Map.of("renewal_at", "soon", "score", 7L));
        put("ct_2", Map.of("renewal_at", "2026-06-01"));
    }

    @AfterEach
    void stop() {
        projector.close();
    }

    @Test
    void unknownFieldOfTheGrouping_namesTheNearest() {
        invalid(by(Entity.CONTACTS, List.of("contry")), "group_by", "'contry'", "country");
        invalid(by(Entity.EVENTS, List.of("device_tpye")), "group_by", "device_type");
        invalid(by(Entity.EVENTS, List.of("hour_of_dya")), "group_by", "hour_of_day");
        invalid(by(Entity.EVENTS, List.of("day_of_wek")), "group_by", "day_of_week");
        invalid(by(Entity.COMPANIES, List.of("qqqqqqqqqqqqq")),
                "group_by",
                "known are",
                "industry");
    }

    @Test
    void unknownFieldOfAMetric_namesTheNearest() {
        Aggregate question = aggregate(
                Entity.CONTACTS,
                List.of(),
                List.of(new MetricSpec(MetricOp.SUM, Optional.of("scoer"))),
                List.of(),
                Optional.empty());
        invalid(question, "metrics", "'scoer'", "score");
    }

    @Test
    void unknownFieldOfACondition_namesTheNearest() {
        invalid(where(Entity.CONTACTS, "citty", Operator.EQ, "x"), "filters", "'citty'", "city");
        invalid(where(Entity.CONTACTS, "segment_ids", Operator.EQ, "x"), "filters", "segment_id");
    }

    @Test
    void aNumber_isOneValue_whateverItsSpelling() {
        put("n_1", Map.of("age", 46L));
        put("n_2", Map.of("age", 46.0));
        put("n_3", Map.of("age", "46"));
        put("n_4", Map.of("age", "046"));
        put("n_5", Map.of("age", 47L));
        for (Object spelling : List.of(46L, 46, 46.0, "46", "46.0", "4.6e1", "460e-1")) {
            for (Operator operator : List.of(Operator.EQ, Operator.IN)) {
                assertThat(
                        projector.json(TENANT,
                                where(Entity.CONTACTS, "age", operator, spelling))
                                .path("groups")
                                .path(0)
                                .path("count")
                                .longValue())
                        .as("%s %s", operator, spelling)
                        .isEqualTo(3);
            }
        }
        // 46, 47, the two texts, and contacts without an age.
        assertThat(
                projector.json(TENANT, by(Entity.CONTACTS, List.of("age"))).path("groups").size())
                .isEqualTo(5);
    }

    @Test
    void aNumberBeyondAllNumbers_isRefused() {
        for (Operator operator : List.of(Operator.EQ, Operator.GT)) {
            invalid(where(Entity.CONTACTS, "score", operator, new java.math.BigDecimal("1e400")),
                    "filters",
                    "'score'");
        }
    }

    @Test
    void unknownSort_namesAllThereAre() {
        Aggregate question = aggregate(
                Entity.CONTACTS,
                List.of("country"),
                List.of(COUNT),
                List.of(),
                Optional.of("city"));
        invalid(question, "sort", "'city'", "count", "country");
    }

    @ParameterizedTest
    @EnumSource(value = Operator.class, names = {"GT", "GTE", "LT", "LTE"})
    void comparedWithNoNumber_saysWhatIsAllowed(Operator operator) {
        invalid(where(Entity.CONTACTS, "score", operator, "high"), "filters", "'score'", "number");
        invalid(where(Entity.CONTACTS, "score", operator, true), "filters", "'score'", "number");
    }

    @ParameterizedTest
    @EnumSource(value = Operator.class, names = {"GT", "GTE", "LT", "LTE"})
    void comparedWithSeveralValues_saysThatOneIsAllowed(Operator operator) {
        for (List<Object> values : List.of(List.<Object>of(), List.<Object>of(5L, 7L))) {
            invalid(
                    aggregate(
                            Entity.CONTACTS,
                            List.of(),
                            List.of(COUNT),
                            List.of(new Condition("score", operator, values)),
                            Optional.empty()),
                    "filters",
                    "'score'",
                    "one value");
        }
    }

    @Test
    void textsThatOnlyJavaTakesForNumbers_areTexts() {
        put("ct_7", Map.of("score", 5L));
        assertThat(total(where(Entity.CONTACTS, "score", Operator.EQ, "5"))).isEqualTo(1);
        assertThat(total(where(Entity.CONTACTS, "score", Operator.EQ, "5.0"))).isEqualTo(1);
        assertThat(total(where(Entity.CONTACTS, "score", Operator.EQ, "5d"))).isZero();
        assertThat(total(where(Entity.CONTACTS, "score", Operator.EQ, "0x5p0"))).isZero();
        invalid(where(Entity.CONTACTS, "score", Operator.GT, "5f"), "filters", "'score'", "number");
    }

    @ParameterizedTest
    @EnumSource(value = Operator.class, names = {"EQ", "NE", "IN", "GT", "LTE"})
    void timesComparedWithNoTime_sayWhatIsAllowed(Operator operator) {
        for (Object wrong : List
                .of("yesterday", 5L, true, "2026-13-01", "+999999999-01-01T00:00:00Z")) {
            invalid(where(Entity.CONTACTS, "created_at", operator, wrong),
                    "filters",
                    "'created_at'",
                    "2026-06-01");
        }
    }

    @Test
    void containsOfNoText_saysWhatIsAllowed() {
        invalid(where(Entity.CONTACTS, "country", Operator.CONTAINS, 5L), "filters", "one text");
        invalid(where(Entity.CONTACTS, "country", Operator.CONTAINS, ""), "filters", "one text");
        invalid(where(Entity.CONTACTS, "segment_id", Operator.GT, 5L), "filters", "segment_id");
    }

    @Test
    void segmentsOfOtherEntities_areAnUnknownField() {
        for (Operator operator : Operator.values()) {
            invalid(where(Entity.EVENTS, "segment_id", operator, "seg_1"), "filters", "segment_id");
            invalid(where(Entity.COMPANIES, "segment_id", operator, "seg_1"),
                    "filters",
                    "segment_id");
        }
    }

    @Test
    void propertyNamedLikeATime_isText() {
        assertThat(total(where(Entity.CONTACTS, "renewal_at", Operator.EQ, "soon"))).isEqualTo(1);
        assertThat(total(where(Entity.CONTACTS, "renewal_at", Operator.NE, "SOON"))).isEqualTo(1);
        assertThat(total(where(Entity.CONTACTS, "renewal_at", Operator.EQ, "2026-06-01")))
                .isEqualTo(1);
    }

    @Test
    void campaignParametersNamedLikeOtherFields_changeNone() {
        put("ct_3",
                Contact.newBuilder()
                        .setProperties(Map.of())
                        .setCreationSource("form")
                        .setFirstTouch(
                                FirstTouch.newBuilder()
                                        .setUtms(
                                                Map.of(
                                                        "contact_id",
                                                        "ct_other",
                                                        "creation_source",
                                                        "nowhere",
                                                        "utm_source",
                                                        "ads"))
                                        .build())
                        .setCreatedAt(Changes.START)
                        .setUpdatedAt(Changes.START)
                        .build());
        assertThat(total(where(Entity.CONTACTS, "contact_id", Operator.EQ, "ct_3"))).isEqualTo(1);
        assertThat(total(where(Entity.CONTACTS, "creation_source", Operator.EQ, "form")))
                .isEqualTo(1);
        assertThat(total(where(Entity.CONTACTS, "utm_source", Operator.EQ, "ADS"))).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Interval.class)
    void timesBeyondAnyCalendar_stopNothing(Interval interval) {
        for (long millis : List.of(Long.MIN_VALUE, Long.MIN_VALUE + 1, Long.MAX_VALUE)) {
            ChangeKey key = new ChangeKey(TENANT, EntityKind.EVENT, "evt_" + millis);
            Event event = Changes
                    .event("odd", Instant.ofEpochMilli(millis), null, "v", Map.of());
            projector.send(key, Changes.encode(key, 1, event));
        }
        JsonNode answer = projector.json(
                TENANT,
                new Aggregate(Entity.EVENTS, List.of("hour_of_day"), Optional.of(interval),
                        ZoneOffset.UTC, List.of(COUNT), List.of(), TimeRange.ALL, Optional.empty(),
                        true, 10));
        assertThat(answer.at("/total").asInt()).isEqualTo(3);
        assertThat(projector.json(TENANT, stats(interval)).at("/stats/total_events").asInt())
                .isEqualTo(3);
    }

    @Test
    void seriesOfVeryManyBuckets_isLeftWithGaps() {
        for (String at : List.of("1999-01-01T00:00:00Z", "2026-01-01T00:00:00Z")) {
            ChangeKey key = new ChangeKey(TENANT, EntityKind.EVENT, "evt_" + at.substring(0, 4));
            projector.send(key,
                    Changes.encode(
                            key,
                            1,
                            Changes.event("page_view", Instant.parse(at), null, "v", Map.of())));
        }
        assertThat(projector.json(TENANT, stats(Interval.HOUR)).at("/stats/series")).hasSize(2);
    }

    private static EventStats stats(Interval interval) {
        return new EventStats(SetFilters.ALL_EVENTS, Optional.empty(), true, Optional.of(interval),
                ZoneOffset.UTC);
    }

    private void put(String id, Map<String, Object> properties) {
        put(id, Changes.contact(properties, null, Changes.START, List.of()));
    }

    private void put(String id, Contact contact) {
        ChangeKey key = new ChangeKey(TENANT, EntityKind.CONTACT, id);
        projector.send(key, Changes.encode(key, 1, contact));
    }

    private int total(Aggregate question) {
        return projector.json(TENANT, question).at("/total").asInt(-1);
    }

    private void invalid(Aggregate question, String field, String... said) {
        assertThat(projector.ask(TENANT, question)).as(question.toString())
                .isInstanceOfSatisfying(Answer.Invalid.class, invalid -> {
                    assertThat(invalid.field()).isEqualTo(field);
                    assertThat(invalid.message()).contains(said);
                });
    }

    private static Aggregate by(Entity entity, List<String> keys) {
        return aggregate(entity, keys, List.of(COUNT), List.of(), Optional.empty());
    }

    private static Aggregate where(Entity entity, String field, Operator operator, Object value) {
        return aggregate(
                entity,
                List.of(),
                List.of(COUNT),
                List.of(new Condition(field, operator, List.of(value))),
                Optional.empty());
    }

    private static Aggregate aggregate(Entity entity,
            List<String> keys,
            List<MetricSpec> metrics,
            List<Condition> conditions,
            Optional<String> sort) {
        return new Aggregate(entity, keys, Optional.empty(), ZoneOffset.UTC, metrics, conditions,
                TimeRange.ALL, sort, true, 50);
    }
}
