package ai.pathbound.sandbox.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pathbound.sandbox.Listeners;
import ai.pathbound.sandbox.SandboxSettings;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.spec.McpSchema;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The cluster as `pathbound cluster` starts it: brokers, two nodes, a front before them.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ClusterIT {
    private static final Path HOME = Path
            .of(System.getProperty("pathbound.broker.home", "../broker/target"));
    private static final Duration WITHIN = Duration.ofMinutes(3);
    /// Longer than the session timeout: the group gives the paused node's partitions away meanwhile.
    private static final Duration PAUSE = Duration.ofSeconds(10);
    private static final int DELETES = Integer.getInteger("pathbound.cluster.deletes", 20);
    private static final String ACME = Cluster.KEYS.getFirst();

    private final Cluster cluster;

    ClusterIT(@TempDir Path folder) throws Exception {
        cluster = Cluster.start(
                new ClusterSettings(folder, HOME, 1, 2, 0, "127.0.0.1", Map.of(),
                        brokers -> new SandboxSettings(folder.resolve("backend"), 0, brokers, 4, 7,
                                60, 10, 500, false, Clock.systemUTC())),
                System.out::println);
    }

    @BeforeAll
    void awaitWell() throws InterruptedException {
        cluster.backend().seed(_ -> {
        });
        cluster.backend().awaitPublished(WITHIN);
        cluster.awaitReadable(Instant.now());
        Awaitility.await().atMost(WITHIN).until(() -> cluster.nodesReady() == 2);
    }

    @AfterAll
    void stop() {
        cluster.close();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void everyPart_listensOnTheLoopbackInterfaceOnly() {
        var listeners = Listeners.of(ProcessHandle.current());
        // A broker has two, the backend one, a node two, the front one.
        assertThat(listeners).hasSizeGreaterThanOrEqualTo(8);
        assertThat(Listeners.open(listeners)).isEmpty();
    }

    @Test
    void delete_isConfirmed_whicheverNodeTheRepeatReaches() throws Exception {
        List<URI> entries = new ArrayList<>(
                cluster.nodes().stream().map(NodeProcess::endpoint).toList());
        entries.add(cluster.endpoint());
        for (int i = 0; i < DELETES; i++) {
            URI asking = entries.get(i % entries.size());
            URI repeated = entries.get((i + 1) % entries.size());
            assertThat(deleted(asking, repeated))
                    .as("asked by %s, repeated at %s", asking, repeated)
                    .isTrue();
        }
    }

    /// Whether a note is gone once its user has agreed.
    private boolean deleted(URI asking, URI repeated) throws Exception {
        try (ToolClient first = new ToolClient(asking, ACME);
                ToolClient second = new ToolClient(repeated, ACME)) {
            Map<String, Object> note = newNote(first);
            Map<String, Object> able = Map.of("elicitation", Map.of());
            JsonNode asked = first.call("delete_contact_note", note, able, Map.of()).result();
            assertThat(asked.path("resultType").asString("")).isEqualTo("input_required");
            Map<String, Object> yes = Map.of(
                    "requestState",
                    asked.path("requestState").asString(),
                    "inputResponses",
                    Map.of(
                            "confirm",
                            Map.of("action", "accept", "content", Map.of("confirm", true))));
            return second.call("delete_contact_note", note, able, yes)
                    .content()
                    .path("deleted")
                    .asString("")
                    .equals(note.get("note_id"));
        }
    }

    private static Map<String, Object> newNote(ToolClient client) throws Exception {
        String contact = client.call("list_contacts", Map.of("limit", 1))
                .content()
                .at("/contacts/0/contact_id")
                .asString();
        String note = client
                .call("create_contact_note", Map.of("contact_id", contact, "content", "Old"))
                .content()
                .at("/note/note_id")
                .asString();
        return Map.of("contact_id", contact, "note_id", note);
    }

    /// Its answer comes in a request of its own, which must reach the node that asked.
    @Test
    void delete_isConfirmed_byClientsOfTheRevisionsWithAHandshake() throws Exception {
        try (ToolClient tools = new ToolClient(cluster.endpoint(), ACME);
                McpSyncClient client = McpClient.sync(
                        HttpClientStreamableHttpTransport
                                .builder(cluster.endpoint().resolve("/").toString())
                                .requestBuilder(
                                        HttpRequest.newBuilder()
                                                .header("Authorization", "Bearer " + ACME))
                                .build())
                        .capabilities(McpSchema.ClientCapabilities.builder().elicitation().build())
                        .elicitation(
                                _ -> new McpSchema.ElicitResult(
                                        McpSchema.ElicitResult.Action.ACCEPT,
                                        Map.of("confirm", true)))
                        .build()) {
            client.initialize();
            for (int i = 0; i < 3; i++) {
                McpSchema.CallToolResult result = client.callTool(
                        McpSchema.CallToolRequest.builder("delete_contact_note")
                                .arguments(newNote(tools))
                                .build());
                assertThat(result.isError()).as(result.toString()).isNotEqualTo(true);
            }
        }
    }

    @Test
    void nodeThatStandsStill_costsNoAnswers() throws Exception {
        long node = cluster.nodes().getFirst().pid();
        List<String> failed = new ArrayList<>();
        Signals.pause(node);
        try {
            Instant end = Instant.now().plus(PAUSE);
            for (int i = 0; Instant.now().isBefore(end); i++) {
                failure(i).ifPresent(failed::add);
            }
        } finally {
            Signals.goOn(node);
        }
        assertThat(failed).isEmpty();
        Awaitility.await().atMost(WITHIN).until(() -> cluster.nodesReady() == 2);
    }

    private Optional<String> failure(int number) throws InterruptedException {
        String key = Cluster.KEYS.get(number % Cluster.KEYS.size());
        try (ToolClient client = new ToolClient(cluster.endpoint(), key)) {
            ToolClient.Reply reply = number / 2 % 2 == 0
                    ? client.call("list_contacts", Map.of("limit", 5))
                    : client.call("get_event_types", Map.of());
            return reply.isAnswer() ? Optional.empty() : Optional.of(reply.kind());
        } catch (IOException e) {
            return Optional.of(e.toString());
        }
    }
}
