package ai.pathbound.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pathbound.schemas.topics.TenantPartitioner;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxTest {
    @TempDir
    Path data;

    @Test
    void seedsPublishesAndServesWithTheDocumentedErrors() throws Exception {
        var settings = new SandboxSettings(data, 0, "unused:1", 4, 42, 2_000, 300, 55_000, false,
                Clock.systemUTC());
        try (var sandbox = Sandbox.start(
                settings,
                () -> new MockProducer<>(true, new TenantPartitioner(), new ByteArraySerializer(),
                        new ByteArraySerializer()),
                () -> {
                })) {
            long begin = System.nanoTime();
            sandbox.seed(_ -> {
            });
            System.out.println("seeding ms " + (System.nanoTime() - begin) / 1_000_000);
            sandbox.awaitPublished(Duration.ofSeconds(60));
            assertThat(call(sandbox, "GET", "/contacts?count_only=true", "").body())
                    .contains("\"count\":2000");
            assertThat(call(sandbox, "GET", "/events?count_only=true", "").body())
                    .contains("\"count\":55000");
            assertThat(call(sandbox, "GET", "/contacts?limit=5", "").statusCode()).isEqualTo(200);
            assertThat(call(sandbox, "GET", "/contacts?limit=0", "").statusCode()).isEqualTo(400);
            assertThat(call(sandbox, "GET", "/contacts/ct_none", "").statusCode()).isEqualTo(404);
            String body = "{\"email\":\"new@x.test\",\"properties\":{\"a\":[1,null]}}";
            assertThat(call(sandbox, "POST", "/contacts", body).body()).contains("\"version\":1");
            assertThat(call(sandbox, "POST", "/contacts", body).statusCode()).isEqualTo(409);
        }
    }

    private static HttpResponse<String> call(Sandbox sandbox,
            String method,
            String path,
            String body) throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(sandbox.baseUrl().resolve("/v1" + path))
                            .header("Authorization", "Bearer sk_demo_acme")
                            .method(method, HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }
}
