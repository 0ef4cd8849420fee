package ai.pathbound.projector;

import static ai.pathbound.projector.GeneratedHistory.TENANT;
import static org.assertj.core.api.Assertions.assertThat;

import ai.pathbound.projector.GeneratedHistory.Step;
import ai.pathbound.projector.PlainGroups.Group;
import ai.pathbound.projector.query.Question.Aggregate;
import ai.pathbound.projector.query.Question.MetricOp;
import ai.pathbound.projector.query.Question.MetricSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/// Random aggregations against [PlainGroups]. More seeds: `-Dpathbound.seeds=200`.
class AggregatesModelTest {
    private static final int CHANGES = 300;
    private static final int CONTACTS = 16;
    private static final int QUESTIONS = 50;

    static LongStream seeds() {
        return LongStream.range(0, Long.getLong("pathbound.seeds", 15));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aggregatesAgreeWithTheModel(long seed, @TempDir Path state) {
        List<Step> history = GeneratedHistory.of(seed, CHANGES, CONTACTS);
        PlainSets sets = new PlainSets(new PlainModel(history));
        SetAggregates aggregates = new SetAggregates(new Random(seed), sets);
        try (TestProjector projector = TestProjector.loadedEarly(state)) {
            GeneratedHistory.shuffled(history, seed)
                    .forEach(step -> projector.send(step.key(), step.value()));
            for (int i = 0; i < QUESTIONS; i++) {
                Aggregate question = aggregates.any();
                compare(projector.json(TENANT, question), sets, question);
            }
        }
    }

    private static void compare(JsonNode answer, PlainSets sets, Aggregate question) {
        PlainGroups plain = new PlainGroups(sets, question);
        List<Group> all = plain.groups();
        List<String> expected = expected(plain, all, question);
        assertThat(shown(answer, question)).as(question.toString()).isEqualTo(expected);
        assertThat(answer.at("/total").asInt(-1)).as(question.toString()).isEqualTo(plain.total());
        assertThat(answer.at("/total_groups").asInt(-1)).as(question.toString())
                .isEqualTo(Math.max(all.size(), expected.size()));
        assertThat(answer.at("/returned").asInt(-1)).isEqualTo(expected.size());
        assertThat(answer.at("/truncated").asBoolean()).isEqualTo(all.size() > question.limit());
        assertThat(metrics(answer.at("/totals"), question)).as(question.toString())
                .isEqualTo(Group.shown(plain.totals()));
        assertThat(answer.has("other")).isEqualTo(all.size() > question.limit());
        if (all.size() > question.limit()) {
            assertThat(metrics(answer.at("/other"), question)).as(question.toString())
                    .isEqualTo(
                            Group.shown(plain.other(all.subList(question.limit(), all.size()))));
        }
    }

    /// Groups as they should be shown; a series has its empty buckets too, in the order of time.
    private static List<String> expected(PlainGroups plain, List<Group> all, Aggregate question) {
        boolean isSeries = question.groupBy().isEmpty() && question.interval().isPresent();
        boolean byTime = question.sortBy().isEmpty() || question.sortBy().get().equals("bucket");
        if (isSeries && byTime && all.size() <= question.limit()) {
            List<String> buckets = plain.buckets(question.interval().get());
            if (buckets.size() <= question.limit() && !buckets.isEmpty()) {
                boolean backwards = question.sortBy().isPresent() && question.descending();
                return (backwards ? buckets.reversed() : buckets).stream()
                        .map(bucket -> bucket(bucket, all, question).shown())
                        .toList();
            }
        }
        return all.stream().limit(question.limit()).map(Group::shown).toList();
    }

    private static Group bucket(String start, List<Group> all, Aggregate question) {
        List<Optional<Object>> key = List.of(Optional.of(start));
        return all.stream()
                .filter(group -> group.key().equals(key))
                .findFirst()
                .orElseGet(
                        () -> new Group(key,
                                question.metrics()
                                        .stream()
                                        .map(AggregatesModelTest::ofNothing)
                                        .toList()));
    }

    private static Optional<Object> ofNothing(MetricSpec metric) {
        return metric.op() == MetricOp.COUNT || metric.op() == MetricOp.COUNT_DISTINCT
                ? Optional.of(0L)
                : Optional.empty();
    }

    private static List<String> shown(JsonNode answer, Aggregate question) {
        List<String> names = new ArrayList<>(question.groupBy());
        question.interval().ifPresent(_ -> names.add("bucket"));
        List<String> shown = new ArrayList<>();
        for (JsonNode group : answer.at("/groups")) {
            shown.add(
                    names.stream().map(name -> group.at("/key/" + name).toString()).toList()
                            + " -> " + metrics(group, question));
        }
        return shown;
    }

    private static String metrics(JsonNode node, Aggregate question) {
        return question.metrics()
                .stream()
                .map(metric -> node.at("/" + metric.name()).toString())
                .toList()
                .toString();
    }
}
