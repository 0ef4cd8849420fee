package ai.pathbound.sandbox.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ai.pathbound.sandbox.ChildJvm;
import ai.pathbound.sandbox.Listeners;
import ai.pathbound.sandbox.Rest;
import ai.pathbound.sandbox.terminal.Ports;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.spec.McpSchema;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The demo as a user starts it: its own JVM, a real broker, real clients.
class DemoIT {
    private static final String HOME = System
            .getProperty("pathbound.broker.home", "../broker/target");
    private static final List<String> TENANT_KEYS = List.of("sk_demo_acme", "sk_demo_globex");
    private static final String READY = "READY ";
    private static final String BACKEND = "the stand-in backend serves ";

    private final Path data;
    private final int port = Ports.free();
    private final List<Process> demos = new ArrayList<>();
    private String backend = "";

    DemoIT(@TempDir Path data) {
        this.data = data;
    }

    @AfterEach
    void end() throws InterruptedException {
        for (Process demo : demos) {
            demo.destroy();
            assertThat(demo.waitFor(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void whatTheBackendHolds_canBeRead_inBothEras_andAcrossARestart() throws Exception {
        Process demo = start(data);
        awaitReady(demo);
        everyPartListensOnTheLoopbackInterfaceOnly(demo);
        assertThat(numbers()).isEqualTo(backendNumbers());
        readEveryContactAndEvent();
        bothErasAnswerAlike();
        writesAreReadBack();
        answersKeepTheirPromises();
        tenantsDoNotSeeEachOther();

        Map<String, Object> before = numbers();
        demo.destroy();
        assertThat(demo.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(brokerOf(data)).isEmpty();
        awaitReady(start(data));
        assertThat(numbers()).isEqualTo(before);
    }

    @Test
    void killedWhileLoading_itsBrokerEndsToo_andTheNextStartCompletesTheData() throws Exception {
        Process first = start(data);
        awaitLine(first, " changes stored");
        ProcessHandle broker = brokerOf(data).orElseThrow();
        first.destroyForcibly().waitFor();
        broker.onExit().get(30, TimeUnit.SECONDS);

        awaitReady(start(data));
        Map<String, Object> continued = numbers();
        assertThat(continued).isEqualTo(backendNumbers());
        end();
        demos.clear();
        Path undisturbed = Files.createDirectories(data.resolve("undisturbed"));
        awaitReady(start(undisturbed));
        assertThat(continued).isEqualTo(numbers());
    }

    private Process start(Path folder) throws IOException {
        Process demo = ChildJvm.start(
                DemoMain.class,
                List.of("-Xmx512m",
                        "-Dpathbound.broker.home=" + HOME,
                        "--enable-native-access=ALL-UNNAMED"),
                "--port",
                String.valueOf(port),
                "--data",
                folder.toString(),
                "--contacts",
                "200",
                "--companies",
                "30",
                "--events",
                "4000",
                "--no-traffic");
        demos.add(demo);
        return demo;
    }

    private void awaitReady(Process demo) throws IOException {
        assertThat(awaitLine(demo, READY)).isEqualTo(READY + endpoint());
    }

    private String awaitLine(Process demo, String part) throws IOException {
        BufferedReader output = demo.inputReader(UTF_8);
        List<String> said = new ArrayList<>();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            said.add(line);
            if (line.startsWith(BACKEND)) {
                backend = line.substring(BACKEND.length());
            }
            if (line.contains(part)) {
                return line;
            }
        }
        throw new AssertionError("the demo ended without saying '" + part + "': " + said);
    }

    private static Optional<ProcessHandle> brokerOf(Path folder) throws IOException {
        String pid = Files.readString(folder.resolve("kafka/broker.pid"));
        return ProcessHandle.of(Long.parseLong(pid.substring(0, pid.indexOf(' '))))
                .filter(ProcessHandle::isAlive);
    }

    private URI endpoint() {
        return URI.create("http://localhost:" + port + "/mcp");
    }

    private ModernMcp mcp(String key) {
        return new ModernMcp(endpoint(), key);
    }

    /// What the tools count, per tenant.
    private Map<String, Object> numbers() {
        Map<String, Object> numbers = new LinkedHashMap<>();
        for (String key : TENANT_KEYS) {
            try (ModernMcp mcp = mcp(key)) {
                numbers.put(key + " contacts", count(mcp, "list_contacts", Map.of()));
                numbers.put(key + " events", count(mcp, "list_events", Map.of()));
                numbers.put(
                        key + " identified",
                        count(mcp, "list_events", Map.of("identified_only", true)));
                numbers.put(key + " bots", count(mcp, "list_events", Map.of("is_bot", true)));
                for (JsonNode type : mcp.call("get_event_types", Map.of()).path("event_types")) {
                    numbers.put(key + type.path("event"), type.path("count").asLong());
                }
            }
        }
        return numbers;
    }

    private static long count(ModernMcp mcp, String tool, Map<String, Object> filter) {
        Map<String, Object> arguments = new LinkedHashMap<>(filter);
        arguments.put("count_only", true);
        return mcp.call(tool, arguments).path("count").asLong();
    }

    /// The same numbers by REST.
    private Map<String, Object> backendNumbers() {
        Map<String, Object> numbers = new LinkedHashMap<>();
        for (String key : TENANT_KEYS) {
            try (Rest rest = rest(key)) {
                numbers.put(key + " contacts", count(rest, "/contacts?"));
                numbers.put(key + " events", count(rest, "/events?"));
                numbers.put(key + " identified", count(rest, "/events?identified_only=true&"));
                numbers.put(key + " bots", count(rest, "/events?is_bot=true&"));
                for (JsonNode type : rest.get("/events/types").body().path("event_types")) {
                    numbers.put(key + type.path("event"), type.path("count").asLong());
                }
            }
        }
        return numbers;
    }

    private Rest rest(String key) {
        return new Rest(URI.create(backend), key);
    }

    private static long count(Rest rest, String path) {
        return rest.get(path + "count_only=true").body().path("count").asLong();
    }

    private void readEveryContactAndEvent() {
        try (ModernMcp mcp = mcp("sk_demo_acme")) {
            Set<String> contacts = ids(mcp, "list_contacts", "contacts", "contact_id");
            assertThat((long) contacts.size()).isEqualTo(count(mcp, "list_contacts", Map.of()));
            long events = count(mcp, "list_events", Map.of());
            assertThat((long) ids(mcp, "list_events", "events", "id").size()).isEqualTo(events);
            long owned = 0;
            for (String contact : contacts) {
                JsonNode activity = mcp
                        .call("batch_get_activity", Map.of("contact_ids", List.of(contact)))
                        .path("activity")
                        .path(contact);
                owned += activity.path("total_events").asLong();
                assertThat(
                        mcp.call("get_contact", Map.of("contact_id", contact))
                                .at("/contact/contact_id")
                                .asString())
                        .isEqualTo(contact);
            }
            assertThat(owned)
                    .isEqualTo(count(mcp, "list_events", Map.of("identified_only", true)));
        }
    }

    private static Set<String> ids(ModernMcp mcp, String tool, String member, String idName) {
        Set<String> ids = new HashSet<>();
        Map<String, Object> arguments = new LinkedHashMap<>(
                Map.of("limit", 100, "fields", "summary"));
        while (true) {
            JsonNode page = mcp.call(tool, arguments);
            for (JsonNode item : page.path(member)) {
                ids.add(item.path(idName).asString());
            }
            if (!page.path("truncated").asBoolean()) {
                return ids;
            }
            arguments.put("page", page.at("/next/page").asInt());
            arguments.put("limit", page.at("/next/limit").asInt());
        }
    }

    private void bothErasAnswerAlike() {
        try (ModernMcp modern = mcp("sk_demo_acme"); McpSyncClient legacy = legacy()) {
            legacy.initialize();
            String contact = modern.call("list_contacts", Map.of("limit", 1))
                    .at("/contacts/0/contact_id")
                    .asString();
            Map<String, Map<String, Object>> calls = Map.of(
                    "get_contact",
                    Map.of("contact_id", contact),
                    "get_contact_timeline",
                    Map.of("contact_id", contact, "limit", 5),
                    "list_contacts",
                    Map.of("search", "an", "limit", 3),
                    "list_events",
                    Map.of("event_type", "page_view", "limit", 3),
                    "get_event_types",
                    Map.of(),
                    "batch_get_details",
                    Map.of("entity_type", "contacts", "ids", List.of(contact, "ct_none")));
            calls.forEach((tool, arguments) -> {
                McpSchema.CallToolResult old = legacy.callTool(
                        McpSchema.CallToolRequest.builder(tool).arguments(arguments).build());
                assertThat(old.isError()).isFalse();
                assertThat(new tools.jackson.databind.json.JsonMapper()
                        .<JsonNode>valueToTree(old.structuredContent()))
                        .as(tool)
                        .isEqualTo(modern.call(tool, arguments));
            });
        }
    }

    private void answersKeepTheirPromises() {
        try (McpSyncClient legacy = legacy()) {
            legacy.initialize();
            new AnswerShapes(legacy).check();
        }
    }

    private McpSyncClient legacy() {
        return McpClient.sync(
                HttpClientStreamableHttpTransport.builder("http://localhost:" + port)
                        .requestBuilder(
                                HttpRequest.newBuilder()
                                        .header("Authorization", "Bearer sk_demo_acme"))
                        .build())
                .build();
    }

    /// Its keys and passwords are published, so nobody else may come in.
    private static void everyPartListensOnTheLoopbackInterfaceOnly(Process demo) {
        Set<String> listeners = Listeners.of(demo.toHandle());
        if (Files.isDirectory(Path.of("/proc/net"))) {
            // The endpoint, the backend, the authorization server, and two of the broker.
            assertThat(listeners).hasSizeGreaterThanOrEqualTo(5);
        }
        assertThat(Listeners.open(listeners)).isEmpty();
    }

    private void writesAreReadBack() {
        try (ModernMcp mcp = mcp("sk_demo_acme")) {
            JsonNode created = mcp.call(
                    "create_contact",
                    Map.of("email", "zoe@new.test", "properties", Map.of("firstname", "Zoe")));
            assertThat(created.path("visible").asBoolean()).isTrue();
            String id = created.at("/contact/contact_id").asString();
            JsonNode note = mcp.call(
                    "create_contact_note",
                    Map.of("contact_id", id, "content", "Called, wants a quote."));
            assertThat(note.path("visible").asBoolean()).isTrue();
            JsonNode read = mcp.call("get_contact", Map.of("contact_id", id));
            assertThat(read.at("/contact/properties/firstname").asString()).isEqualTo("Zoe");
            assertThat(read.at("/notes/0/content").asString()).isEqualTo("Called, wants a quote.");
            JsonNode twice = mcp.result("create_contact", Map.of("email", "ZOE@new.test"));
            assertThat(twice.path("isError").asBoolean()).isTrue();
        }
    }

    private void tenantsDoNotSeeEachOther() {
        try (ModernMcp acme = mcp("sk_demo_acme"); ModernMcp globex = mcp("sk_demo_globex")) {
            Set<String> ours = new TreeSet<>(
                    ids(acme, "list_contacts", "contacts", "contact_id"));
            Set<String> theirs = ids(globex, "list_contacts", "contacts", "contact_id");
            String own = theirs.stream().filter(id -> !ours.contains(id)).findFirst().orElseThrow();
            JsonNode answer = acme.result("get_contact", Map.of("contact_id", own));
            assertThat(answer.path("isError").asBoolean()).isTrue();
            assertThat(answer.path("content").toString()).contains("not_found");
        }
    }
}
