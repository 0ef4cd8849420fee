package ai.pathbound.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ai.pathbound.projector.Projector;
import ai.pathbound.projector.query.Answer;
import ai.pathbound.projector.query.Question;
import ai.pathbound.projector.query.Question.ContactFilter;
import ai.pathbound.projector.query.Question.ContactOrder;
import ai.pathbound.projector.query.Question.ContactSort;
import ai.pathbound.projector.query.Question.Page;
import ai.pathbound.projector.query.Question.TimeRange;
import ai.pathbound.projector.query.ReadModel;
import ai.pathbound.sandbox.broker.BrokerProcess;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// kill -9 of a projector while it loads, several times; then everything it answers must be what an
/// undisturbed projector answers, and agree with the backend; and so must what is made from its
/// changelog.
///
/// `-Dpathbound.kills=50` kills it that often, with as much more data to load.
final class ProjectorCrashIT {
    private static final Path HOME = Path
            .of(System.getProperty("pathbound.broker.home", "../broker/target"));
    private static final Duration WITHIN = Duration.ofMinutes(10);
    private static final int KILLS = Integer.getInteger("pathbound.kills", 3);
    private static final JsonMapper JSON = new JsonMapper();

    private final Path folder;
    private final BrokerProcess broker;

    ProjectorCrashIT(@TempDir Path folder) {
        this.folder = folder;
        broker = BrokerProcess.start(folder.resolve("broker"), HOME, _ -> {
        });
    }

    @AfterEach
    void stopBroker() {
        broker.close();
    }

    @ParameterizedTest(name = "seed {0}, exactly once: {1}")
    @CsvSource({"1, false", "2, true"})
    void killedWhileLoading_endsWithTheSameAnswers(long seed, boolean exactlyOnce)
            throws Exception {
        Random random = new Random(seed);
        var settings = new SandboxSettings(folder.resolve("backend"), 0, broker.bootstrapServers(),
                2, seed, 300, 40, 5_000 * KILLS, false, Clock.systemUTC());
        try (Sandbox sandbox = Sandbox.start(settings);
                Rest rest = new Rest(sandbox.baseUrl(), "sk_demo_acme")) {
            sandbox.seed(_ -> {
            });
            sandbox.awaitPublished(WITHIN);
            int midLoad = 0;
            for (int kill = 0; kill < KILLS; kill++) {
                midLoad += followAndKill(random, exactlyOnce) ? 1 : 0;
            }
            System.out.printf("%d kills, %d of them with work left%n", KILLS, midLoad);
            assertThat(midLoad).isPositive();
            Map<String, JsonNode> survivor = answers("crashing", exactlyOnce);
            assertThat(survivor).isEqualTo(answers("undisturbed", false));
            // What a standby or a new node would get.
            assertThat(FileSystemUtils.deleteRecursively(folder.resolve("crashing"))).isTrue();
            assertThat(answers("crashing", exactlyOnce)).isEqualTo(survivor);
            assertThat(survivor.getOrDefault("contacts", JSON.missingNode()).path("count").asLong())
                    .isEqualTo(rest.get("/contacts?count_only=true").body().path("count").asLong());
            JsonNode types = rest.get("/events/types").body().path("event_types");
            assertThat(
                    byName(survivor.getOrDefault("types", JSON.missingNode()).path("event_types")))
                    .isEqualTo(byName(types));
        }
    }

    /// Kills a projector some time after it has begun.
    ///
    /// @return whether it had work left
    private boolean followAndKill(Random random, boolean exactlyOnce) throws Exception {
        Process child = ChildJvm.start(
                FollowingProjector.class,
                List.of("-Xmx256m", "--enable-native-access=ALL-UNNAMED"),
                broker.bootstrapServers(),
                "crashing",
                folder.resolve("crashing").toString(),
                String.valueOf(exactlyOnce));
        int lines = 1 + random.nextInt(30);
        boolean begun = false;
        boolean behind = false;
        try (var output = child.inputReader(UTF_8)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                behind = line.matches("behind [1-9].*");
                begun |= behind;
                if (line.equals("ready") || (begun && --lines <= 0)) {
                    child.toHandle().destroyForcibly();
                }
            }
        } finally {
            assertThat(child.destroyForcibly().waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
        return behind;
    }

    /// Everything the tools can be asked about single entities, and the counts.
    private Map<String, JsonNode> answers(String application, boolean exactlyOnce)
            throws InterruptedException {
        Map<String, JsonNode> answers = new TreeMap<>();
        try (Projector projector = Projector.start(
                FollowingProjector.settings(
                        broker.bootstrapServers(),
                        application,
                        folder.resolve(application),
                        exactlyOnce))) {
            Instant now = Instant.now();
            Awaitility.await().atMost(WITHIN).until(() -> projector.holdsAllAsOf(now));
            ReadModel model = projector.readModel();
            answers.put("types", json(model, new Question.EventTypes()));
            answers.put("contacts", json(model, contacts(1, true)));
            for (String id : contactIds(model)) {
                answers.put(id, json(model, new Question.GetContact(id)));
                answers.put(
                        id + " timeline",
                        json(
                                model,
                                new Question.ContactTimeline(id, TimeRange.ALL, 100,
                                        Optional.empty())));
            }
        }
        return answers;
    }

    private static List<String> contactIds(ReadModel model) {
        List<String> ids = new ArrayList<>();
        for (int page = 1;; page++) {
            JsonNode list = json(model, contacts(page, false));
            for (JsonNode contact : list.path("contacts")) {
                ids.add(contact.path("contact_id").asString());
            }
            if (!list.path("truncated").asBoolean()) {
                return ids;
            }
        }
    }

    private static Question contacts(int page, boolean countOnly) {
        return new Question.ListContacts(
                new ContactFilter(Optional.empty(), Optional.empty(), Optional.empty(),
                        Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
                        Optional.empty(), Optional.empty(), Optional.empty(), TimeRange.ALL,
                        Optional.empty()),
                new ContactSort(ContactOrder.EMAIL, false), new Page(page, 100), countOnly, true,
                false);
    }

    /// Asks until there is an answer: tables of much data take longer to fill than a question waits.
    private static JsonNode json(ReadModel model, Question question) {
        Answer answer = Awaitility.await()
                .pollDelay(Duration.ZERO)
                .atMost(WITHIN)
                .until(() -> model.ask("acme", question), Answer.Found.class::isInstance);
        return JSON.readTree(((Answer.Found) answer).json().utf8());
    }

    private static Map<String, Long> byName(JsonNode types) {
        Map<String, Long> counts = new TreeMap<>();
        for (JsonNode type : types) {
            counts.put(type.path("event").asString(), type.path("count").asLong());
        }
        return counts;
    }
}
