package ai.pathbound.sandbox.demo;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pathbound.sandbox.Sandbox;
import ai.pathbound.sandbox.SandboxSettings;
import ai.pathbound.sandbox.broker.BrokerProcess;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Several nodes as processes of their own on a real broker: each answers for each tenant.
///
/// There are two partitions; the two tenants of the stand-in backend are in different ones, and with
/// two nodes each owns one of them.
class NodesIT {
    private static final Logger log = LoggerFactory.getLogger(NodesIT.class);
    private static final JsonMapper JSON = new JsonMapper();
    private static final Path HOME = Path
            .of(System.getProperty("pathbound.broker.home", "../broker/target"));
    private static final List<String> KEYS = List.of("sk_demo_acme", "sk_demo_globex");
    private static final Duration WITHIN = Duration.ofMinutes(5);
    private static final int MEASURED = Integer.getInteger("pathbound.nodes.measured", 200);

    private final Path folder;
    private final BrokerProcess broker;
    private final Sandbox sandbox;
    private final List<NodeProcess> nodes = new ArrayList<>();

    NodesIT(@TempDir Path folder) {
        this.folder = folder;
        broker = BrokerProcess.start(folder.resolve("broker"), HOME, _ -> {
        });
        sandbox = Sandbox.start(
                new SandboxSettings(folder.resolve("backend"), 0, broker.bootstrapServers(), 2, 7,
                        200, 30, 4_000, false, Clock.systemUTC()));
    }

    @AfterEach
    void stop() throws Exception {
        for (NodeProcess node : nodes) {
            node.close();
        }
        sandbox.close();
        broker.close();
    }

    @Test
    void eachNode_answersForEachTenant_alsoWhenTheOwnerDies() throws Exception {
        NodeProcess first = node("first");
        NodeProcess second = node("second");
        sandbox.seed(_ -> {
        });
        sandbox.awaitPublished(WITHIN);
        NodeProcess front = node(
                "front",
                "--pathbound.nodes.role=front",
                "--pathbound.nodes.peers=" + first.address() + "," + second.address());
        await().until(() -> first.isReady() && second.isReady() && front.isReady());
        await().untilAsserted(() -> allAnswer(List.of(first, second, front)));

        // Whichever of them a user's requests reach: the limit is granted once.
        await().until(() -> grantsOneOf(3, first, second, front));

        for (String key : KEYS) {
            assertThat(answers(first, key)).isEqualTo(answers(second, key))
                    .isEqualTo(answers(front, key));
            writesShow(first, key, "one");
            writesShow(second, key, "two");
            writesShow(front, key, "three");
            measure(first, second, key);
        }
        Map<String, JsonNode> before = new LinkedHashMap<>();
        for (String key : KEYS) {
            before.put(key, facts(first, key));
        }
        long killed = System.nanoTime();
        second.kill();
        for (String key : KEYS) {
            await().untilAsserted(
                    () -> assertThat(facts(first, key)).isEqualTo(before.get(key)));
            log.info("After kill -9, {} is answered after {} ms", key, millisSince(killed));
        }
        await().until(() -> grantsOneOf(2, first, front));
        await().until(() -> visible(first, KEYS.getFirst(), "four")
                && visible(first, KEYS.getLast(), "four"));
        log.info("After kill -9, writes show after {} ms", millisSince(killed));
    }

    private NodeProcess node(String name, String... settings) throws Exception {
        NodeProcess node = new NodeProcess(folder.resolve(name), broker.bootstrapServers(),
                sandbox.baseUrl(), settings);
        nodes.add(node);
        return node;
    }

    private static boolean grantsOneOf(int shares, NodeProcess... nodes) {
        for (NodeProcess node : nodes) {
            try (ModernMcp mcp = new ModernMcp(node.endpoint(), KEYS.getFirst())) {
                if (mcp.readsGranted() != NodeProcess.READS / shares) {
                    return false;
                }
            }
        }
        return true;
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(WITHIN).pollInterval(Duration.ofMillis(200));
    }

    private static void allAnswer(List<NodeProcess> nodes) {
        for (NodeProcess node : nodes) {
            for (String key : KEYS) {
                JsonNode result = result(node, key, "list_contacts", Map.of("count_only", true));
                assertThat(result.path("isError").asBoolean()).as(result.toString()).isFalse();
                assertThat(result.at("/structuredContent/count").asInt())
                        .isEqualTo(key.equals("sk_demo_acme") ? 200 : 20);
            }
        }
    }

    /// What every reading tool says.
    private static Map<String, JsonNode> answers(NodeProcess node, String key) {
        Map<String, JsonNode> answers = new LinkedHashMap<>();
        try (ModernMcp mcp = new ModernMcp(node.endpoint(), key)) {
            JsonNode contacts = mcp.call("list_contacts", Map.of("limit", 5));
            String contact = contacts.at("/contacts/0/contact_id").asString();
            JsonNode companies = mcp.call("list_companies", Map.of("limit", 5));
            String company = companies.at("/companies/0/company_id").asString();
            JsonNode events = mcp.call("list_events", Map.of("limit", 5));
            String event = events.at("/events/0/event_id").asString();
            Map<String, Map<String, Object>> calls = new LinkedHashMap<>();
            calls.put("get_contact", Map.of("contact_id", contact));
            calls.put("get_contact_timeline", Map.of("contact_id", contact));
            calls.put("get_contact_conversations", Map.of("contact_id", contact));
            calls.put("list_contact_email_threads", Map.of("contact_id", contact));
            calls.put("list_contact_notes", Map.of("contact_id", contact));
            calls.put("get_company", Map.of("company_id", company));
            calls.put("list_company_notes", Map.of("company_id", company));
            calls.put("get_event", Map.of("event_id", event));
            calls.put("get_event_types", Map.of());
            calls.put("get_event_stats", Map.of());
            calls.put("aggregate_data", Map.of("entity", "events", "group_by", List.of("event")));
            calls.put(
                    "batch_get_details",
                    Map.of("entity", "contacts", "ids", List.of(contact, "none")));
            calls.put("batch_get_activity", Map.of("contact_ids", List.of(contact)));
            calls.put("get_contact of nobody", Map.of("contact_id", "none"));
            answers.put("list_contacts", contacts);
            answers.put("list_companies", companies);
            answers.put("list_events", events);
            calls.forEach((tool, arguments) -> {
                JsonNode result = mcp.result(tool.replaceAll(" .*", ""), arguments);
                answers.put(tool, result.path("content"));
            });
        }
        return answers;
    }

    /// A few numbers and an entity: sets and rows.
    private static JsonNode facts(NodeProcess node, String key) {
        try (ModernMcp mcp = new ModernMcp(node.endpoint(), key)) {
            String contact = mcp.call("list_contacts", Map.of("limit", 1))
                    .at("/contacts/0/contact_id")
                    .asString();
            var facts = JSON.createArrayNode();
            facts.add(mcp.call("get_contact", Map.of("contact_id", contact)));
            facts.add(mcp.call("get_event_types", Map.of()));
            return facts.add(mcp.call("list_companies", Map.of("count_only", true)));
        }
    }

    private static void writesShow(NodeProcess node, String key, String name) {
        assertThat(visible(node, key, name)).isTrue();
    }

    /// Creates a contact and reads it at the same node.
    private static boolean visible(NodeProcess node, String key, String name) {
        try (ModernMcp mcp = new ModernMcp(node.endpoint(), key)) {
            JsonNode created = mcp.call(
                    "create_contact",
                    Map.of("email", name + System.nanoTime() + "@example.com"));
            String id = created.at("/contact/contact_id").asString();
            boolean visible = created.path("visible").asBoolean();
            if (visible) {
                mcp.call("get_contact", Map.of("contact_id", id));
            }
            return visible;
        }
    }

    private static JsonNode result(NodeProcess node,
            String key,
            String tool,
            Map<String, Object> arguments) {
        try (ModernMcp mcp = new ModernMcp(node.endpoint(), key)) {
            return mcp.result(tool, arguments);
        }
    }

    /// Says what the same call costs at both nodes; one of them forwards it.
    private static void measure(NodeProcess first, NodeProcess second, String key) {
        try (ModernMcp one = new ModernMcp(first.endpoint(), key);
                ModernMcp other = new ModernMcp(second.endpoint(), key)) {
            String contact = one.call("list_contacts", Map.of("limit", 1))
                    .at("/contacts/0/contact_id")
                    .asString();
            Map<String, Object> arguments = Map.of("contact_id", contact);
            long[] nanos = new long[MEASURED * 2];
            for (int i = 0; i < nanos.length; i++) {
                ModernMcp mcp = i % 2 == 0 ? one : other;
                long begin = System.nanoTime();
                mcp.call("get_contact", arguments);
                nanos[i] = System.nanoTime() - begin;
            }
            log.info("get_contact of {}: p50 {} us at the first node, {} us at the second",
                    key,
                    median(nanos, 0),
                    median(nanos, 1));
        }
    }

    private static long median(long[] nanos, int from) {
        // The first quarter warms up.
        return LongStream.range(nanos.length / 8, nanos.length / 2)
                .map(i -> nanos[Math.toIntExact(i * 2 + from)] / 1000)
                .sorted()
                .skip(nanos.length * 3L / 16)
                .findFirst()
                .orElse(0);
    }

    private static long millisSince(long nanos) {
        return (System.nanoTime() - nanos) / 1_000_000;
    }
}
