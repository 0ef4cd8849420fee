package ai.pathbound.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pathbound.sandbox.store.Change;
import ai.pathbound.sandbox.store.Truth;
import ai.pathbound.schemas.change.Event;
import ai.pathbound.schemas.topics.ChangeKey;
import ai.pathbound.schemas.topics.EntityKind;
import ai.pathbound.schemas.topics.TenantPartitioner;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RestTest {
    private static final Clock CLOCK = Clock
            .fixed(Instant.parse("2026-06-02T10:15:00Z"), ZoneOffset.UTC);
    private static final String ANA = "{\"email\":\"ana@acme.test\"}";

    private final Sandbox sandbox;
    private final Rest acme;

    RestTest(@TempDir Path folder) {
        store(folder);
        sandbox = sandbox(folder, false);
        acme = new Rest(sandbox.baseUrl(), "sk_demo_acme");
    }

    @AfterEach
    void stop() {
        acme.close();
        sandbox.close();
    }

    @Test
    void unknownKey_is401() {
        try (var stranger = new Rest(sandbox.baseUrl(), "sk_nobody")) {
            var reply = stranger.get("/contacts");
            assertThat(reply.status()).isEqualTo(401);
            assertThat(reply.body().path("error").asString()).isEqualTo("Unauthorized");
            assertThat(reply.body().path("timestamp").asString()).isNotEmpty();
        }
    }

    @Test
    void keyWithoutTheScope_is403NamingIt() {
        try (var reader = new Rest(sandbox.baseUrl(), "sk_demo_acme_read")) {
            var reply = reader.post("/contacts", ANA);
            assertThat(reply.status()).isEqualTo(403);
            assertThat(reply.body().path("error").asString()).contains("contacts:write");
        }
    }

    @Test
    void anotherTenantsContact_isNotFound() {
        String id = acme.post("/contacts", ANA).id("contact");
        assertThat(acme.get("/contacts/" + id).status()).isEqualTo(200);
        try (var globex = new Rest(sandbox.baseUrl(), "sk_demo_globex")) {
            assertThat(globex.get("/contacts/" + id).status()).isEqualTo(404);
            assertThat(globex.put("/contacts/" + id, "{}").status()).isEqualTo(404);
            assertThat(globex.delete("/contacts/" + id).status()).isEqualTo(404);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/contacts/", "/companies/", "/events/", "/contacts/events/"})
    void overlongId_isNotFound(String path) {
        assertThat(acme.get(path + "x".repeat(3_000)).status()).isEqualTo(404);
    }

    @Test
    void sameEmailInAnyCase_is409() {
        acme.post("/contacts", ANA);
        assertThat(acme.post("/contacts", "{\"email\":\"ANA@acme.test\"}").status()).isEqualTo(409);
        String bob = acme.post("/contacts", "{\"email\":\"bob@acme.test\"}").id("contact");
        var clash = acme.put("/contacts/" + bob, "{\"properties\":{\"email\":\"Ana@acme.test\"}}");
        assertThat(clash.status()).isEqualTo(409);
    }

    @Test
    void sameDomain_is409() {
        assertThat(acme.post("/companies", "{\"domain\":\"x.test\"}").status()).isEqualTo(201);
        assertThat(acme.post("/companies", "{\"domain\":\"X.test\"}").status()).isEqualTo(409);
    }

    @Test
    void bodyOverTheLimit_is413() {
        var reply = acme.post("/contacts", "{\"email\":\"" + "x".repeat(300_000) + "\"}");
        assertThat(reply.status()).isEqualTo(413);
    }

    @Test
    void stateTooLargeForTheFeed_is413AndChangesNothing() {
        String id = acme.post("/contacts", ANA).id("contact");
        for (int i = 0; i < 3; i++) {
            assertThat(fill(id, i).status()).isEqualTo(200);
        }
        assertThat(fill(id, 3).status()).isEqualTo(413);
        assertThat(acme.get("/contacts/" + id).body().path("contact").path("version").asLong())
                .isEqualTo(4);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', value = {"/contacts | {} | email",
            "/contacts | {\"email\":\"nobody\"} | email", "/contacts | {\"email\":7} | email",
            "/contacts | [1] | body", "/contacts | {\"email\": | body",
            "/contacts | {\"email\":\"a@b.c\",\"company_id\":\"co_none\"} | company_id",
            "/contacts | {\"email\":\"a@b.c\",\"visitor_id\":\"a b\"} | visitor_id",
            "/contacts | {\"email\":\"a@b.c\",\"properties\":[]} | properties",
            "/contacts | {\"email\":\"a@b.c\",\"properties\":{\"n\":1e999}} | properties",
            "/companies | {} | domain", "/companies | {\"domain\":\"a b\"} | domain",
            "/identify | {\"anonymous_id\":\"vis_x\"} | traits.email",
            "/identify | {\"traits\":7} | traits",
            "/batch/details | {\"entity_type\":\"people\",\"ids\":[\"a\"]} | entity_type",
            "/batch/activity | {\"contact_ids\":[]} | contact_ids"})
    void badBody_is400NamingTheField(String path, String body, String field) {
        var reply = acme.post(path, body);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.body().path("details").path(0).path("field").asString()).isEqualTo(field);
    }

    @ParameterizedTest
    @ValueSource(strings = {"visitor_id", "email", "anonymous_id", "external_id", "domain"})
    void overlongValue_is400(String field) {
        String path = switch (field) {
            case "anonymous_id", "external_id" -> "/identify";
            case "domain" -> "/companies";
            default -> "/contacts";
        };
        String value = "x".repeat(500);
        String body = "{\"email\":\"a@b.c\",\"traits\":{\"email\":\"a@b.c\"},\"" + field + "\":\""
                + value + "\"}";
        assertThat(acme.post(path, body).status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/contacts?limit=0", "/contacts?limit=101", "/contacts?page=x",
            "/contacts?sort_by=age", "/contacts?lifecycle_stage=lost", "/events?date_after=soon",
            "/events?is_bot=maybe", "/events/stats?interval=year",
            "/events/stats?timezone=Mars/Phobos",
            "/events/stats?interval=hour&date_after=2020-01-01&date_before=2026-01-01"})
    void badParameter_is400(String path) {
        assertThat(acme.get(path).status()).isEqualTo(400);
    }

    @Test
    void sameIdempotencyKey_givesTheFirstAnswerAgain() {
        var first = acme.post("/contacts", ANA, "Idempotency-Key", "k1");
        var second = acme.post("/contacts", ANA, "Idempotency-Key", "k1");
        assertThat(first.status()).isEqualTo(201);
        assertThat(second.status()).isEqualTo(201);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(acme.get("/contacts?count_only=true").body().path("count").asInt()).isEqualTo(1);
    }

    @Test
    void sameIdempotencyKeyForAnotherRequest_is409() {
        acme.post("/contacts", ANA, "Idempotency-Key", "k1");
        var other = acme
                .post("/contacts", "{\"email\":\"b@acme.test\"}", "Idempotency-Key", "k1");
        assertThat(other.status()).isEqualTo(409);
    }

    @Test
    void idempotencyKeyOfAnotherCaller_isAnotherKey() {
        acme.post("/contacts", ANA, "Idempotency-Key", "k1");
        try (var globex = new Rest(sandbox.baseUrl(), "sk_demo_globex")) {
            assertThat(globex.post("/contacts", "{\"email\":\"g@x.test\"}", "Idempotency-Key", "k1")
                    .status()).isEqualTo(201);
        }
    }

    @Test
    void identify_givesTheVisitorsEventsToTheNewContact() {
        String visits = "/events?count_only=true&identified_only=true";
        assertThat(acme.get(visits).body().path("count").asInt()).isZero();
        var made = acme.post(
                "/identify",
                "{\"anonymous_id\":\"vis_1\",\"traits\":{\"email\":\"ana@acme.test\"}}");
        assertThat(made.status()).isEqualTo(201);
        assertThat(acme.get(visits).body().path("count").asInt()).isEqualTo(3);
        var own = acme.get("/contacts/events/" + made.id("contact")).body().path("events");
        assertThat(own.size()).isEqualTo(3);
    }

    @Test
    void deletedContact_leavesItsEventsAnonymous() {
        String id = acme.post("/contacts", "{\"email\":\"a@b.c\",\"visitor_id\":[\"vis_1\"]}")
                .id("contact");
        assertThat(acme.get("/events?contact_id=" + id + "&count_only=true")
                .body()
                .path("count")
                .asInt()).isEqualTo(3);
        acme.delete("/contacts/" + id);
        assertThat(acme.get("/events?identified_only=true&count_only=true")
                .body()
                .path("count")
                .asInt()).isZero();
        assertThat(acme.get("/events?count_only=true").body().path("count").asInt()).isEqualTo(4);
    }

    @Test
    void identify_knowsAPersonByExternalIdBeforeEmail() {
        String id = acme.post("/identify", "{\"external_id\":\"crm-7\"}").id("contact");
        var again = acme.post(
                "/identify",
                "{\"external_id\":\"crm-7\",\"traits\":{\"email\":\"new@acme.test\"}}");
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.id("contact")).isEqualTo(id);
        var byEmail = acme.post("/identify", "{\"traits\":{\"email\":\"NEW@acme.test\"}}");
        assertThat(byEmail.id("contact")).isEqualTo(id);
    }

    @Test
    void identify_ofAKnownVisitorWithoutExternalId_learnsIt() {
        String id = acme.post("/contacts", "{\"email\":\"a@b.c\",\"visitor_id\":\"vis_9\"}")
                .id("contact");
        var known = acme
                .post("/identify", "{\"external_id\":\"crm-1\",\"anonymous_id\":\"vis_9\"}");
        assertThat(known.id("contact")).isEqualTo(id);
        var other = acme
                .post("/identify", "{\"external_id\":\"crm-2\",\"anonymous_id\":\"vis_9\"}");
        assertThat(other.status()).isEqualTo(201);
    }

    @Test
    void putWithNull_clearsAPropertyAndKeepsTheOthers() {
        String id = acme.post(
                "/contacts",
                "{\"email\":\"a@b.c\",\"properties\":{\"city\":\"Bonn\",\"tier\":[1,null]}}")
                .id("contact");
        var properties = acme.put("/contacts/" + id, "{\"properties\":{\"city\":null}}")
                .body()
                .path("contact")
                .path("properties");
        assertThat(properties.has("city")).isFalse();
        assertThat(properties.path("tier").toString()).isEqualTo("[1,null]");
    }

    @Test
    void deletedCompany_leavesItsContactsWithoutCompany() {
        String company = acme.post("/companies", "{\"domain\":\"x.test\"}").id("company");
        String contact = acme
                .post("/contacts", "{\"email\":\"a@x.test\",\"company_id\":\"" + company + "\"}")
                .id("contact");
        acme.delete("/companies/" + company);
        var view = acme.get("/contacts/" + contact).body().path("contact");
        assertThat(view.path("associations").path("companies").size()).isZero();
    }

    @Test
    void stats_countByTypeUrlAndDayInTheAskedZone() {
        var stats = acme.get("/events/stats?timezone=Europe/Madrid&include_bots=false")
                .body()
                .path("stats");
        assertThat(stats.path("total_events").asInt()).isEqualTo(3);
        assertThat(stats.path("bot_events").asInt()).isEqualTo(1);
        assertThat(stats.path("unique_visitors").asInt()).isEqualTo(1);
        assertThat(stats.path("anonymous_events").asInt()).isEqualTo(3);
        assertThat(stats.path("by_type").path(0).toString())
                .isIn(
                        "{\"event\":\"page_view\",\"count\":3}",
                        "{\"count\":3,\"event\":\"page_view\"}");
        assertThat(stats.path("series").findValuesAsString("bucket")).containsExactly(
                "2026-03-28T00:00:00+01:00",
                "2026-03-29T00:00:00+01:00",
                "2026-03-30T00:00:00+02:00");
        assertThat(stats.path("series").findValuesAsString("count")).containsExactly("1", "0", "2");
    }

    @Test
    void limitsAreOff_unlessAskedFor() {
        assertThat(acme.get("/contacts").header("RateLimit-Limit")).isEmpty();
        for (int i = 0; i < 101; i++) {
            assertThat(acme.get("/auth/status").status()).isEqualTo(200);
        }
    }

    @Test
    void request101In15Minutes_is429WithRetryAfter(@TempDir Path folder) {
        try (var limited = sandbox(folder, true);
                var caller = new Rest(limited.baseUrl(), "sk_demo_acme");
                var other = new Rest(limited.baseUrl(), "sk_demo_globex")) {
            for (int left = 99; left >= 0; left--) {
                var reply = caller.get("/auth/status");
                assertThat(reply.status()).isEqualTo(200);
                assertThat(reply.header("RateLimit-Remaining")).isEqualTo("" + left);
            }
            var refused = caller.get("/auth/status");
            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.header("Retry-After")).isEqualTo("900");
            assertThat(refused.header("RateLimit-Limit")).isEqualTo("100");
            assertThat(refused.header("RateLimit-Remaining")).isEqualTo("0");
            assertThat(refused.body().path("status").asString()).isEqualTo("error");
            assertThat(other.get("/auth/status").status()).isEqualTo(200);
        }
    }

    private Rest.Reply fill(String contact, int part) {
        return acme.put(
                "/contacts/" + contact,
                "{\"properties\":{\"part" + part + "\":\"" + "x".repeat(240_000) + "\"}}");
    }

    /// Three page views of one visitor around the start of summer time, and one of a bot.
    private static void store(Path folder) {
        try (var truth = Truth.open(folder)) {
            truth.write(() -> {
                truth.apply(
                        List.of(
                                event("evt_1", "vis_1", "2026-03-28T10:00:00Z", false),
                                event("evt_2", "vis_1", "2026-03-29T22:30:00Z", false),
                                event("evt_3", "vis_1", "2026-03-30T10:00:00Z", false),
                                event("evt_4", "vis_b", "2026-03-30T10:00:00Z", true)));
                return true;
            });
        }
    }

    private static Change event(String id, String visitor, String at, boolean bot) {
        Event event = Event.newBuilder()
                .setName("page_view")
                .setTimestamp(Instant.parse(at))
                .setVisitorId(visitor)
                .setUrl("https://acme.test/")
                .setDomain("acme.test")
                .setIsBot(bot)
                .setData(Map.of())
                .build();
        return new Change(new ChangeKey("acme", EntityKind.EVENT, id), 1, Instant.parse(at),
                "tracker", Map.of(), event);
    }

    private static Sandbox sandbox(Path folder, boolean limits) {
        var settings = new SandboxSettings(folder, 0, "unused:1", 4, 42, 10, 10, 10, limits, CLOCK);
        return Sandbox.start(
                settings,
                () -> new MockProducer<>(true, new TenantPartitioner(), new ByteArraySerializer(),
                        new ByteArraySerializer()),
                () -> {
                });
    }
}
