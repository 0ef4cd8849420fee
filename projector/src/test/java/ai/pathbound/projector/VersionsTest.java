package ai.pathbound.projector;

import static ai.pathbound.projector.GeneratedHistory.TENANT;
import static org.assertj.core.api.Assertions.assertThat;

import ai.pathbound.projector.GeneratedHistory.Step;
import ai.pathbound.projector.query.Question;
import ai.pathbound.projector.query.Question.Aggregate;
import ai.pathbound.projector.query.Question.CompanyFilter;
import ai.pathbound.projector.query.Question.CompanyOrder;
import ai.pathbound.projector.query.Question.CompanySort;
import ai.pathbound.projector.query.Question.ContactFilter;
import ai.pathbound.projector.query.Question.ContactOrder;
import ai.pathbound.projector.query.Question.ContactSort;
import ai.pathbound.projector.query.Question.Entity;
import ai.pathbound.projector.query.Question.EventFilter;
import ai.pathbound.projector.query.Question.EventOrder;
import ai.pathbound.projector.query.Question.EventSort;
import ai.pathbound.projector.query.Question.EventStats;
import ai.pathbound.projector.query.Question.MetricOp;
import ai.pathbound.projector.query.Question.MetricSpec;
import ai.pathbound.projector.query.Question.Page;
import ai.pathbound.projector.query.Question.TimeRange;
import ai.pathbound.projector.query.Question.Version;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/// The same version means the same answer, whatever has changed in between.
class VersionsTest {
    private static final int CHANGES = 150;
    private static final Page PAGE = new Page(1, 100);
    private static final Version PEOPLE = new Version(Set.of(Entity.CONTACTS, Entity.COMPANIES),
            false);
    private static final Version ALL = new Version(Set.of(Entity.values()), false);
    private static final Version EVERYTHING = new Version(Set.of(Entity.values()), true);
    private static final Map<Question, Version> VERSIONS = Map.of(
            contacts(false),
            PEOPLE,
            contacts(true),
            EVERYTHING,
            companies(false),
            PEOPLE,
            companies(true),
            EVERYTHING,
            events(),
            ALL,
            new EventStats(anyEvent(), Optional.empty(), true, Optional.empty(), ZoneOffset.UTC),
            ALL,
            new Question.EventTypes(),
            new Version(Set.of(Entity.EVENTS), false),
            by(Entity.CONTACTS, "company_id"),
            PEOPLE,
            by(Entity.EVENTS, "company_id"),
            ALL);

    static LongStream seeds() {
        return LongStream.range(0, Long.getLong("pathbound.seeds", 8));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void sameVersion_meansSameAnswer(long seed, @TempDir Path state) {
        List<Step> history = GeneratedHistory.of(seed, CHANGES);
        Map<String, JsonNode> seen = new HashMap<>();
        int same = 0;
        try (TestProjector projector = new TestProjector(state)) {
            for (Step step : GeneratedHistory.shuffled(history, seed)) {
                projector.send(step.key(), step.value());
                for (Map.Entry<Question, Version> asked : VERSIONS.entrySet()) {
                    String version = version(projector, asked.getValue());
                    JsonNode answer = projector.json(TENANT, asked.getKey());
                    JsonNode before = seen.put(asked.getKey() + version, answer);
                    if (before != null) {
                        same++;
                        assertThat(answer).as("%s after %s", asked.getKey(), step)
                                .isEqualTo(before);
                    }
                }
            }
        }
        assertThat(same).as("times a version stayed").isPositive();
    }

    @Test
    void tablesMadeAgain_haveAnotherVersion(@TempDir Path state) {
        try (TestProjector projector = new TestProjector(state)) {
            for (Step step : GeneratedHistory.of(1, CHANGES)) {
                projector.send(step.key(), step.value());
            }
            String version = version(projector, EVERYTHING);
            assertThat(version(projector, EVERYTHING)).isEqualTo(version);
            projector.restartTables();
            assertThat(version(projector, EVERYTHING)).isNotEqualTo(version);
        }
    }

    @Test
    void outline_namesFieldsAndNumbersOfEachEntity(@TempDir Path state) {
        try (TestProjector projector = new TestProjector(state)) {
            for (Step step : GeneratedHistory.of(1, CHANGES)) {
                projector.send(step.key(), step.value());
            }
            JsonNode outline = projector.json(TENANT, new Question.Outline());
            assertThat(outline.at("/contacts/total").asLong())
                    .isEqualTo(projector.json(TENANT, contacts(true)).path("total").asLong());
            assertThat(outline.at("/events/fields").toString()).contains("\"event\"", "\"url\"");
            assertThat(outline.at("/companies/fields").toString()).contains("\"domain\"");
        }
    }

    private static String version(TestProjector projector, Version question) {
        return projector.json(TENANT, question).path("version").asString();
    }

    private static Question contacts(boolean summary) {
        return new Question.ListContacts(
                new ContactFilter(Optional.empty(), Optional.empty(), Optional.empty(),
                        Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
                        Optional.empty(), Optional.empty(), Optional.empty(), TimeRange.ALL,
                        Optional.empty()),
                new ContactSort(ContactOrder.CREATEDATE, true), PAGE, false, summary, true);
    }

    private static Question companies(boolean summary) {
        return new Question.ListCompanies(
                new CompanyFilter(Optional.empty(), Optional.empty(), Optional.empty()),
                new CompanySort(CompanyOrder.CREATED_AT, true), PAGE, false, summary, true);
    }

    private static Question events() {
        return new Question.ListEvents(anyEvent(), new EventSort(EventOrder.TIMESTAMP, true),
                PAGE, false, false, true);
    }

    private static EventFilter anyEvent() {
        return new EventFilter(Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.empty(), TimeRange.ALL, false, Optional.empty(), Optional.empty());
    }

    private static Question by(Entity entity, String field) {
        return new Aggregate(entity, List.of(field), Optional.empty(), ZoneOffset.UTC,
                List.of(new MetricSpec(MetricOp.COUNT, Optional.empty())), List.of(),
                TimeRange.ALL, Optional.empty(), true, 100);
    }
}
