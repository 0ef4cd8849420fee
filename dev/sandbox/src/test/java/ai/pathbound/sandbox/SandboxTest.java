package ai.pathbound.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ai.pathbound.schemas.topics.TenantPartitioner;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class SandboxTest {
    @Test
    void trafficBeforeSeeding_leavesTheSeededDataAsItIsWithout(@TempDir Path quiet,
            @TempDir Path busy) {
        Map<String, String> expected;
        try (Sandbox sandbox = sandbox(quiet);
                Rest rest = new Rest(sandbox.baseUrl(), "sk_demo_acme")) {
            sandbox.seed(_ -> {
            });
            expected = events(rest);
        }
        try (Sandbox sandbox = sandbox(busy);
                Rest rest = new Rest(sandbox.baseUrl(), "sk_demo_acme")) {
            sandbox.startTraffic();
            await().atMost(Duration.ofSeconds(30)).until(() -> !events(rest).isEmpty());
            sandbox.seed(_ -> {
            });
            assertThat(events(rest)).containsAllEntriesOf(expected);
        }
        assertThat(expected).hasSize(80);
    }

    private static Map<String, String> events(Rest rest) {
        Map<String, String> events = new TreeMap<>();
        for (JsonNode event : rest.get("/events?limit=100&sort_dir=asc").body().path("events")) {
            events.put(event.path("event_id").asString(), event.toString());
        }
        return events;
    }

    /// The time moves, so that traffic makes more than one event, but stays on one day.
    private static Sandbox sandbox(Path folder) {
        Clock clock = Clock.offset(
                Clock.systemUTC(),
                Duration.between(Instant.now(), Instant.parse("2026-06-02T10:15:00Z")));
        var settings = new SandboxSettings(folder, 0, "unused:1", 4, 42, 10, 10, 80, false, clock);
        return Sandbox.start(
                settings,
                () -> new MockProducer<>(true, new TenantPartitioner(), new ByteArraySerializer(),
                        new ByteArraySerializer()),
                () -> {
                });
    }
}
