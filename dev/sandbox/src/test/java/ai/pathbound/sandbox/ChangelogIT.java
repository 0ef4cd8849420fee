package ai.pathbound.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.pathbound.projector.CannotStartException;
import ai.pathbound.projector.Projector;
import ai.pathbound.projector.query.Answer;
import ai.pathbound.projector.query.Question;
import ai.pathbound.projector.setup.Rebuild;
import ai.pathbound.projector.topology.ProjectionTopology;
import ai.pathbound.sandbox.broker.BrokerProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// State, changelog and group that do not belong together, and the way out.
final class ChangelogIT {
    private static final Path HOME = Path
            .of(System.getProperty("pathbound.broker.home", "../broker/target"));
    private static final Duration WITHIN = Duration.ofSeconds(90);
    private static final String APPLICATION = "it";
    private static final String CHANGELOG = APPLICATION + "-" + ProjectionTopology.STORE
            + "-changelog";

    private final Path folder;
    private final BrokerProcess broker;
    private final Admin admin;
    private String answer = "";

    ChangelogIT(@TempDir Path folder) {
        this.folder = folder;
        broker = BrokerProcess.start(folder.resolve("broker"), HOME, _ -> {
        });
        admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
    }

    @BeforeEach
    void fill() throws Exception {
        var settings = new SandboxSettings(folder.resolve("backend"), 0, broker.bootstrapServers(),
                2, 7, 20, 10, 100, false, Clock.systemUTC());
        try (Sandbox sandbox = Sandbox.start(settings)) {
            sandbox.seed(_ -> {
            });
            sandbox.awaitPublished(WITHIN);
        }
        answer = answerOf("state");
    }

    @AfterEach
    void stop() {
        admin.close();
        broker.close();
    }

    @Test
    void deletedChangelog_isRefused_andARebuildMakesAllAnew() throws Exception {
        deleteChangelog();
        refuses("state", "was deleted");
        // Without any state of its own, too: the group believes to have applied what is gone.
        refuses("elsewhere", "was deleted");
        rebuild();
        assertThat(answerOf("state")).isEqualTo(answer);
    }

    @Test
    void emptyChangelogOfTheSameName_isRefused() throws Exception {
        deleteChangelog();
        Awaitility.await().atMost(WITHIN).ignoreExceptions().until(() -> {
            admin.createTopics(List.of(new NewTopic(CHANGELOG, 2, (short) 1))).all().get();
            return true;
        });
        refuses("state", "was deleted and created again");
        refuses("elsewhere", "is empty");
    }

    @Test
    void changelogCutOffAtItsBeginning_isRefused() throws Exception {
        // Kafka cuts no topic that is only compacted.
        admin.incrementalAlterConfigs(
                Map.of(
                        new ConfigResource(ConfigResource.Type.TOPIC, CHANGELOG),
                        List.of(
                                new AlterConfigOp(
                                        new ConfigEntry(TopicConfig.CLEANUP_POLICY_CONFIG,
                                                "compact,delete"),
                                        AlterConfigOp.OpType.SET))))
                .all()
                .get();
        admin.deleteRecords(
                Map.of(new TopicPartition(CHANGELOG, 0), RecordsToDelete.beforeOffset(1)))
                .all()
                .get();
        refuses("state", "cut off");
    }

    @Test
    void stateOfAnotherKafkaCluster_isRefused() throws Exception {
        Path origin = origin("state");
        Files.writeString(
                origin,
                Files.readString(origin).replaceAll("cluster.id=.*", "cluster.id=another"));
        refuses("state", "another Kafka cluster");
    }

    @Test
    void changelogThatKeepsDeletesTooShort_isCorrectedAtTheStart() throws Exception {
        ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, CHANGELOG);
        String wanted = deletesKept(topic);
        assertThat(Duration.ofMillis(Long.parseLong(wanted))).isEqualTo(Duration.ofDays(7));
        admin.incrementalAlterConfigs(
                Map.of(
                        topic,
                        List.of(
                                new AlterConfigOp(
                                        new ConfigEntry(TopicConfig.DELETE_RETENTION_MS_CONFIG,
                                                "86400000"),
                                        AlterConfigOp.OpType.SET))))
                .all()
                .get();
        assertThat(answerOf("state")).isEqualTo(answer);
        assertThat(deletesKept(topic)).isEqualTo(wanted);
    }

    private String deletesKept(ConfigResource topic) throws Exception {
        Config config = Objects
                .requireNonNull(admin.describeConfigs(List.of(topic)).values().get(topic))
                .get();
        return config.get(TopicConfig.DELETE_RETENTION_MS_CONFIG).value();
    }

    @Test
    void rebuild_isRefusedWhileANodeRuns() throws Exception {
        try (Projector _ = start("state")) {
            Awaitility.await()
                    .atMost(WITHIN)
                    .untilAsserted(
                            () -> assertThatThrownBy(this::rebuildNow)
                                    .isInstanceOf(IllegalStateException.class)
                                    .hasMessageContaining("are running"));
        }
        assertThat(answerOf("state")).isEqualTo(answer);
    }

    private Path origin(String stateFolder) {
        return folder.resolve(stateFolder).resolve(APPLICATION).resolve("origin.properties");
    }

    private void deleteChangelog() throws Exception {
        admin.deleteTopics(List.of(CHANGELOG)).all().get();
        Awaitility.await()
                .atMost(WITHIN)
                .until(() -> !admin.listTopics().names().get().contains(CHANGELOG));
    }

    /// The projector's session has to end first.
    private void rebuild() {
        Awaitility.await().atMost(WITHIN).ignoreException(IllegalStateException.class).until(() -> {
            rebuildNow();
            return true;
        });
    }

    private void rebuildNow() throws Exception {
        List<String> removed = new ArrayList<>();
        new Rebuild(admin, APPLICATION, folder.resolve("state")).run(removed::add);
        assertThat(removed).anyMatch(text -> text.contains("group"))
                .anyMatch(text -> text.contains("folder"));
    }

    private void refuses(String stateFolder, String why) {
        assertThatThrownBy(() -> start(stateFolder).close())
                .isInstanceOf(CannotStartException.class)
                .hasMessageContaining(CHANGELOG.substring(0, 2))
                .hasMessageContaining(why)
                .hasMessageContaining("rebuild");
    }

    private Projector start(String stateFolder) throws InterruptedException {
        return Projector.start(
                FollowingProjector.settings(
                        broker.bootstrapServers(),
                        APPLICATION,
                        folder.resolve(stateFolder)));
    }

    /// What a projector on this folder answers once it holds all.
    private String answerOf(String stateFolder) throws InterruptedException {
        try (Projector projector = start(stateFolder)) {
            Instant now = Instant.now();
            Awaitility.await().atMost(WITHIN).until(() -> projector.holdsAllAsOf(now));
            // Noted a few seconds after Kafka Streams has made the topic.
            Awaitility.await()
                    .atMost(WITHIN)
                    .until(
                            () -> Files
                                    .readString(origin(stateFolder))
                                    .contains("changelog.id"));
            if (projector.readModel()
                    .ask("acme", new Question.EventTypes()) instanceof Answer.Found found) {
                return new String(found.json().utf8(), java.nio.charset.StandardCharsets.UTF_8);
            }
            throw new AssertionError("no answer");
        }
    }
}
