package ai.pathbound.sandbox.questions;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pathbound.sandbox.demo.RunningDemo;
import ai.pathbound.sandbox.store.Truth;
import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Every question asked of the running demo, each answer held against the backend's database, and the
/// page about them held against both. `-Dpathbound.docs.write=true` writes the page anew.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QuestionsIT {
    private static final int CONTACTS = 300;
    private static final int COMPANIES = 40;
    private static final int EVENTS = 6_000;
    private static final int CALLS_MAX = 2;
    private static final int TOKENS_MAX = 10_000;
    /// The page's figures may be off by this much before it has to be written anew.
    private static final double FIGURE_TOLERANCE = 0.2;
    private static final Path PAGE = Path.of("../../docs/questions.md");
    private static final JsonMapper JSON = new JsonMapper();

    private final Encoding encoding = Encodings.newDefaultEncodingRegistry()
            .getEncoding(EncodingType.O200K_BASE);
    private RunningDemo demo;
    private Scene scene;

    /// A question of a group of people.
    record Asked(String group, Ask ask) {
        @Override
        public String toString() {
            return group + ": " + ask;
        }
    }

    /// What came of asking.
    private record Told(JsonNode answer, QuestionsPage.Entry entry) {}

    @BeforeAll
    void start(@TempDir Path data) throws IOException, InterruptedException {
        Clock clock = Clock.offset(
                Clock.systemUTC(),
                Duration.between(Instant.now(), Instant.parse(Scene.NOW)));
        demo = RunningDemo.start(data, clock, CONTACTS, COMPANIES, EVENTS);
        try (Truth truth = Truth.open(demo.backend())) {
            scene = Scene.of(Book.of(truth, "acme"));
        }
    }

    @AfterAll
    void stop() {
        demo.close();
    }

    Stream<Asked> questions() {
        return Stream.of(
                asked("Sales", new SalesQuestions(scene).all()),
                asked("Marketing", new MarketingQuestions(scene).all()),
                asked("Support", new SupportQuestions(scene).all()),
                asked("Operations and agents", new OperationsQuestions(scene).all()))
                .flatMap(List::stream);
    }

    private static List<Asked> asked(String group, List<Ask> questions) {
        return questions.stream().map(ask -> new Asked(group, ask)).toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("questions")
    void aQuestion_isAnsweredAsTheDatabaseSays(Asked asked) {
        Told told = tell(asked);
        assertThat(asked.ask().reading().apply(told.answer())).isEqualTo(asked.ask().expected());
        assertThat(told.entry().calls().size()).isLessThanOrEqualTo(CALLS_MAX);
        assertThat(told.entry().tokens()).isLessThanOrEqualTo(TOKENS_MAX);
    }

    @Test
    void thePage_listsTheseQuestionsAndTheirCosts() throws IOException {
        List<QuestionsPage.Entry> entries = questions().map(this::tell).map(Told::entry).toList();
        assertThat(entries).hasSizeGreaterThanOrEqualTo(40);
        String page = QuestionsPage.text(entries, CONTACTS, EVENTS);
        if (Boolean.getBoolean("pathbound.docs.write")) {
            Files.writeString(PAGE, page);
        }
        String kept = Files.readString(PAGE);
        assertThat(QuestionsPage.plain(kept))
                .as("docs/questions.md; -Dpathbound.docs.write=true writes it anew")
                .isEqualTo(QuestionsPage.plain(page));
        List<Integer> figures = QuestionsPage.figures(page);
        List<Integer> keptFigures = QuestionsPage.figures(kept);
        for (int i = 0; i < figures.size(); i++) {
            int figure = figures.get(i);
            assertThat(keptFigures.get(i))
                    .as("tokens in docs/questions.md; -Dpathbound.docs.write=true writes it anew")
                    .isBetween(
                            (int) (figure * (1 - FIGURE_TOLERANCE)) - 20,
                            (int) (figure * (1 + FIGURE_TOLERANCE)) + 20);
        }
    }

    private Told tell(Asked asked) {
        List<QuestionsPage.Call> calls = new ArrayList<>();
        int tokens = 0;
        JsonNode answer = JSON.createObjectNode();
        for (Ask.Step step : asked.ask().steps()) {
            Map<String, Object> arguments = step.arguments().apply(answer);
            JsonNode result = result(step.tool(), arguments);
            assertThat(result.path("isError").asBoolean()).as(result.toString()).isFalse();
            String text = result.at("/content/0/text").asString();
            tokens += encoding.countTokens(text);
            calls.add(new QuestionsPage.Call(step.tool(), arguments));
            answer = result.path("structuredContent");
        }
        return new Told(answer,
                new QuestionsPage.Entry(asked.group(), asked.ask().question(), calls, tokens));
    }

    /// A node that has just started may still be loading its tables, and says so.
    private JsonNode result(String tool, Map<String, Object> arguments) {
        return Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .until(
                        () -> demo.result(tool, arguments),
                        result -> !result.toString().contains("retry_after_ms"));
    }
}
