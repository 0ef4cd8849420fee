package ai.pathbound.mcp;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;

/// A backend over real HTTP that knows a few keys and answers writes.
final class FakeBackend implements AutoCloseable {
    private static final String ALL = """
            "contacts:read","contacts:write","companies:read","events:read\"""";
    final Map<String, AtomicInteger> authCalls = new ConcurrentHashMap<>();
    private final DisposableServer server;

    FakeBackend() {
        server = HttpServer.create()
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
                                                .flatMap(body -> {
                                                    Said said = create(request, body);
                                                    return response.status(said.status)
                                                            .sendString(Mono.just(said.body))
                                                            .then();
                                                }))
                                .post(
                                        "/v1/contacts/{id}/notes",
                                        (request, response) -> response.status(201)
                                                .sendString(
                                                        Mono.just(
                                                                "{\"note\":{\"note_id\":\"note_1\","
                                                                        + "\"content\":\"Hi\","
                                                                        + "\"version\":2}}"))))
                .bindNow();
    }

    String url() {
        return "http://127.0.0.1:" + server.port();
    }

    private record Said(int status, String body) {}

    private Said authStatus(String key) {
        authCalls.computeIfAbsent(key, _ -> new AtomicInteger()).incrementAndGet();
        return switch (key) {
            case "sk_all" -> known(ALL);
            case "sk_events" -> known("\"events:read\"");
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

    private static Said create(HttpServerRequest request, String body) {
        if (request.requestHeaders().get("Idempotency-Key") == null) {
            return new Said(400, "{}");
        }
        return body.contains("taken@")
                ? new Said(409, "{\"status\":\"error\",\"error\":\"Email already exists\"}")
                : new Said(201, "{\"contact\":{\"contact_id\":\"ct_9\",\"version\":1}}");
    }

    private static String key(HttpServerRequest request) {
        String header = request.requestHeaders().get("Authorization");
        return header == null ? "" : header.substring("Bearer ".length());
    }

    @Override
    public void close() {
        server.disposeNow();
    }
}
