package ai.pathbound.mcp;

import ai.pathbound.mcp.json.Wire;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.resources.LoopResources;

/// A backend over real HTTP that knows a few keys and answers writes.
final class FakeBackend implements AutoCloseable {
    private static final String ALL = """
            "contacts:read","contacts:write","companies:read","companies:write",\
            "events:read\"""";
    final Map<String, AtomicInteger> authCalls = new ConcurrentHashMap<>();
    final Set<String> revoked = ConcurrentHashMap.newKeySet();
    /// Credentials that came with creates.
    final Set<String> writers = ConcurrentHashMap.newKeySet();
    /// Whether checks of keys fail.
    volatile boolean down;
    /// Its own: a server under test ends the shared ones when it stops.
    private final LoopResources loops = LoopResources.create("backend", 1, true);
    private final DisposableServer server;

    FakeBackend() {
        server = HttpServer.create()
                .runOn(loops)
                .host("127.0.0.1")
                .port(0)
                .route(
                        routes -> routes.get(
                                "/v1/auth/status",
                                (request, response) -> {
                                    Said said = authStatus(key(request));
                                    return response.status(said.status)
                                            .sendString(Mono.just(said.body));
                                })
                                .post(
                                        "/v1/contacts",
                                        (request, response) -> request.receive()
                                                .aggregate()
                                                .asString()
                                                .flatMap(body -> answer(body, request, response)))
                                .get(
                                        "/v1/contacts",
                                        (_, response) -> say(
                                                response,
                                                new Said(200, "{\"contacts\":[]}")))
                                .post("/v1/companies", (_, response) -> say(response, COMPANY))
                                .put("/v1/contacts/{id}", (_, response) -> say(response, CONTACT))
                                .put("/v1/companies/{id}", (_, response) -> say(response, COMPANY))
                                .post("/v1/{kind}/{id}/notes", (_, response) -> say(response, NOTE))
                                .put(
                                        "/v1/{kind}/{id}/notes/{note}",
                                        (_, response) -> say(response, NOTE))
                                .delete(
                                        "/v1/{kind}/{id}/notes/{note}",
                                        (_, response) -> say(
                                                response,
                                                new Said(200, "{\"version\":3}"))))
                .bindNow();
    }

    String url() {
        return "http://127.0.0.1:" + server.port();
    }

    private static final Said CONTACT = new Said(200,
            "{\"contact\":{\"contact_id\":\"ct_1\",\"version\":1}}");
    private static final Said COMPANY = new Said(201,
            "{\"company\":{\"company_id\":\"co_1\",\"version\":1}}");
    private static final Said NOTE = new Said(201,
            "{\"note\":{\"note_id\":\"note_1\",\"content\":\"Hi\",\"version\":2}}");

    private record Said(int status, String body) {}

    private Said authStatus(String key) {
        authCalls.computeIfAbsent(key, _ -> new AtomicInteger()).incrementAndGet();
        if (down) {
            return new Said(500, "oops");
        }
        if (revoked.contains(key)) {
            return new Said(401, "{}");
        }
        return switch (key) {
            case "sk_all", "sk_revocable", "sk_shared", "sk_limited", "sk_lasting",
                    "sk_marked_good_7f3a91" ->
                known(ALL);
            case "sk_namesake" -> new Said(200, known(ALL).body.replace("t1", "t2"));
            case "sk_colleague" -> new Said(200, known(ALL).body.replace("usr_1", "usr_2"));
            case "sk_events" -> known("\"events:read\"");
            case "sk_contacts" -> known("\"contacts:read\"");
            case "sk_companies" -> known("\"companies:read\"");
            case "sk_astray" -> new Said(200, known(ALL).body.replace("t1", "../t1"));
            case "sk_unverified" ->
                new Said(403, "{\"status\":\"error\",\"requires_email_verification\":true}");
            case "sk_down" -> new Said(500, "oops");
            default -> new Said(401, "{\"status\":\"error\",\"error\":\"Unauthorized\"}");
        };
    }

    private static Said known(String scopes) {
        return new Said(200,
                "{\"status\":\"success\",\"authenticated\":true,\"key_id\":\"k\",\"scopes\":["
                        + scopes + "],\"user\":{\"user_id\":\"usr_1\",\"tenant_id\":\"t1\"}}");
    }

    /// The e-mail address chooses what becomes of the write.
    private Mono<Void> answer(String body,
            HttpServerRequest request,
            HttpServerResponse response) {
        writers.add(key(request));
        if (revoked.contains(key(request))) {
            return say(response, new Said(401, "{}"));
        }
        String email = Wire.MAPPER.readTree(body).path("email").asString();
        if (request.requestHeaders().get("Idempotency-Key") == null) {
            return say(response, new Said(400, "{}"));
        }
        return switch (email.substring(0, email.indexOf('@'))) {
            case "silent" -> Mono.never();
            case "hangup" -> {
                response.withConnection(Connection::dispose);
                yield Mono.never();
            }
            case "taken" -> say(
                    response,
                    new Said(409, "{\"status\":\"error\",\"error\":\"Email already exists\"}"));
            case "limited" -> say(response.header("Retry-After", "9"), new Said(429, "{}"));
            case "away" -> say(
                    response.header("Retry-After", "1"),
                    new Said(503, "<html>jdbc:secret</html>"));
            case "broken" -> say(response, new Said(500, "<html>jdbc:secret</html>"));
            case "garbled" -> say(response, new Said(201, "<html>jdbc:secret</html>"));
            case "odd" -> say(
                    response,
                    new Said(400,
                            "{\"error\":\"Validation failed\",\"details\":[{\"field\":\"email\","
                                    + "\"message\":\"is odd\"}]}"));
            default -> say(
                    response,
                    new Said(201, "{\"contact\":{\"contact_id\":\"ct_9\",\"version\":1}}"));
        };
    }

    private static Mono<Void> say(HttpServerResponse response, Said said) {
        return response.status(said.status).sendString(Mono.just(said.body)).then();
    }

    private static String key(HttpServerRequest request) {
        String header = request.requestHeaders().get("Authorization");
        return header == null ? "" : header.substring("Bearer ".length());
    }

    @Override
    public void close() {
        server.disposeNow();
        loops.dispose();
    }
}
