package ai.pathbound.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ai.pathbound.projector.Projector;
import ai.pathbound.projector.query.Answer;
import ai.pathbound.projector.query.Question;
import ai.pathbound.projector.query.Question.EventFilter;
import ai.pathbound.projector.query.Question.EventOrder;
import ai.pathbound.projector.query.Question.EventSort;
import ai.pathbound.projector.query.Question.Page;
import ai.pathbound.projector.query.Question.TimeRange;
import ai.pathbound.projector.state.Keys;
import ai.pathbound.sandbox.broker.BrokerProcess;
import ai.pathbound.sandbox.feed.FeedTopics;
import ai.pathbound.schemas.topics.EntityKind;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// kill -9 of a projector while it stores its table of events piece by piece and events go on coming;
/// then what it answers must be what a projector answers that has read all changes undisturbed.
final class StoredTablesCrashIT {
    private static final Path HOME = Path
            .of(System.getProperty("pathbound.broker.home", "../broker/target"));
    private static final Duration WITHIN = Duration.ofMinutes(2);
    private static final String TENANT = "acme";
    private static final int KILLS = 3;
    private static final JsonMapper JSON = new JsonMapper();
    private static final EventFilter ALL = new EventFilter(Optional.empty(), Optional.empty(),
            Optional.empty(), Optional.empty(), TimeRange.ALL, false, Optional.empty(),
            Optional.empty());

    private final Path folder;
    private final BrokerProcess broker;

    StoredTablesCrashIT(@TempDir Path folder) {
        this.folder = folder;
        broker = BrokerProcess.start(folder.resolve("broker"), HOME, _ -> {
        });
    }

    @AfterEach
    void stopBroker() {
        broker.close();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = 1)
    void killedWhileTablesAreStored_endsWithTheSameAnswers(long seed) throws Exception {
        Random random = new Random(seed);
        new FeedTopics(broker.bootstrapServers(), 1).ensure();
        try (EventFeed _ = new EventFeed(broker.bootstrapServers(), TENANT, seed)) {
            for (int kill = 0; kill < KILLS; kill++) {
                askAndKill(20 + random.nextInt(60));
            }
        }
        List<JsonNode> survivor = answers("crashing");
        assertThat(survivor).isEqualTo(answers("undisturbed")).hasSizeGreaterThan(2);
        assertThat(checkpoints()).isPositive();
    }

    /// Kills a projector after so many answers: by then it stores its tables.
    private void askAndKill(int answers) throws Exception {
        Process child = ChildJvm.start(
                AskingProjector.class,
                List.of("-Xmx256m", "--enable-native-access=ALL-UNNAMED"),
                broker.bootstrapServers(),
                "crashing",
                folder.resolve("crashing").toString(),
                TENANT);
        int left = answers;
        try (var output = child.inputReader(UTF_8)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                left -= line.equals("answered") ? 1 : 0;
                if (left == 0) {
                    child.toHandle().destroyForcibly();
                }
            }
        } finally {
            assertThat(child.destroyForcibly().waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(left).isLessThanOrEqualTo(0);
    }

    /// The types of events, and all events page by page.
    private List<JsonNode> answers(String application) throws InterruptedException {
        List<JsonNode> answers = new ArrayList<>();
        try (Projector projector = Projector.start(
                AskingProjector.settings(
                        broker.bootstrapServers(),
                        application,
                        folder.resolve(application)))) {
            Instant now = Instant.now();
            Awaitility.await().atMost(WITHIN).until(() -> projector.holdsAllAsOf(now));
            answers.add(json(projector, new Question.EventTypes()));
            do {
                answers.add(json(projector, page(answers.size())));
            } while (answers.getLast().path("truncated").asBoolean());
        }
        return answers;
    }

    private static Question page(int number) {
        return new Question.ListEvents(ALL, new EventSort(EventOrder.TIMESTAMP, false),
                new Page(number, 100), false, false, false);
    }

    /// The answer, once the tables are filled.
    private static JsonNode json(Projector projector, Question question) {
        Answer answer = Awaitility.await()
                .atMost(WITHIN)
                .until(() -> projector.readModel().ask(TENANT, question),
                        Answer.Found.class::isInstance);
        return JSON.readTree(((Answer.Found) answer).json().utf8());
    }

    /// How often the projectors finished storing a table, as far as the changelog still tells.
    private long checkpoints() {
        byte[] header = Keys.checkpoint(TENANT, EntityKind.EVENT);
        TopicPartition changelog = new TopicPartition("crashing-read-model-v1-changelog", 0);
        long found = 0;
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers()),
                new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(changelog));
            consumer.seekToBeginning(List.of(changelog));
            long end = consumer.endOffsets(List.of(changelog)).getOrDefault(changelog, 0L);
            while (consumer.position(changelog) < end) {
                for (ConsumerRecord<byte[], byte[]> row : consumer.poll(Duration.ofSeconds(1))) {
                    found += Arrays.equals(row.key(), header) ? 1 : 0;
                }
            }
        }
        return found;
    }
}
