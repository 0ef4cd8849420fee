package ai.pathbound.mcp;

import ai.pathbound.mcp.json.Wire;
import ai.pathbound.schemas.topics.EntityKind;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.resources.LoopResources;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A backend over real HTTP that keeps what is written and fails as it is told.
final class StatefulBackend implements AutoCloseable {
    /// What goes wrong with one write.
    enum Fault {
        NONE, SLOW_BEFORE, SLOW_AFTER, RESET_BEFORE, RESET_AFTER, ERROR_BEFORE, ERROR_AFTER, GARBAGE_AFTER, LIMITED, AWAY;

        private boolean works() {
            return switch (this) {
                case NONE, SLOW_AFTER, RESET_AFTER, ERROR_AFTER, GARBAGE_AFTER -> true;
                case SLOW_BEFORE, RESET_BEFORE, ERROR_BEFORE, LIMITED, AWAY -> false;
            };
        }
    }

    /// Told of each change, in order.
    @FunctionalInterface
    interface Feed {
        void changed(EntityKind kind, String id, long version, ObjectNode entity);
    }

    private record Said(int status, ObjectNode body) {}

    private record Saved(String request, Said said) {}

    /// Consumed one by one by writes; none is no fault.
    final Queue<Fault> faults = new ConcurrentLinkedQueue<>();
    final AtomicInteger writes = new AtomicInteger();
    final AtomicInteger looks = new AtomicInteger();
    final Map<String, String> headers = new ConcurrentHashMap<>();
    volatile boolean idempotent = true;

    private final Map<String, ObjectNode> contacts = new ConcurrentHashMap<>();
    private final Map<String, ObjectNode> companies = new ConcurrentHashMap<>();
    private final Map<String, ObjectNode> notes = new ConcurrentHashMap<>();
    private final Map<String, Saved> answered = new ConcurrentHashMap<>();
    private final AtomicInteger ids = new AtomicInteger();
    private final Feed feed;
    /// Its own: a server under test ends the shared ones when it stops.
    private final LoopResources loops = LoopResources.create("backend", 1, true);
    private final DisposableServer server;

    StatefulBackend(Feed feed) {
        this.feed = feed;
        server = HttpServer.create()
                .runOn(loops)
                .host("127.0.0.1")
                .port(0)
                .handle(this::handle)
                .bindNow();
    }

    String url() {
        return "http://127.0.0.1:" + server.port();
    }

    synchronized List<ObjectNode> contacts() {
        return List.copyOf(contacts.values());
    }

    synchronized List<ObjectNode> companies() {
        return List.copyOf(companies.values());
    }

    synchronized List<ObjectNode> notes() {
        return List.copyOf(notes.values());
    }

    private Mono<Void> handle(HttpServerRequest request, HttpServerResponse response) {
        return request.receive().aggregate().asString().defaultIfEmpty("").flatMap(body -> {
            headers.forEach(response::header);
            boolean read = request.method().name().equals("GET");
            if (request.uri().equals("/v1/auth/status")) {
                return say(response, authStatus());
            }
            (read ? looks : writes).incrementAndGet();
            Fault fault = read
                    ? Fault.NONE
                    : Optional.ofNullable(faults.poll()).orElse(Fault.NONE);
            Said said = fault.works() ? work(request, body) : new Said(500, object());
            return switch (fault) {
                case NONE -> say(response, said);
                case SLOW_BEFORE, SLOW_AFTER ->
                    Mono.delay(Duration.ofSeconds(30)).then(say(response, said));
                case RESET_BEFORE, RESET_AFTER -> {
                    response.withConnection(Connection::dispose);
                    yield Mono.never();
                }
                case ERROR_BEFORE, ERROR_AFTER ->
                    response.status(500).sendString(Mono.just("<html>jdbc:secret</html>")).then();
                case GARBAGE_AFTER ->
                    response.status(201).sendString(Mono.just("<html>jdbc:secret</html>")).then();
                case LIMITED -> say(response.header("Retry-After", "7"), new Said(429, object()));
                case AWAY -> say(response.header("Retry-After", "3"), new Said(503, object()));
            };
        });
    }

    private static Said authStatus() {
        ObjectNode body = object().put("authenticated", true);
        ArrayNode scopes = body.putArray("scopes");
        for (String scope : List.of("contacts", "companies", "events")) {
            scopes.add(scope + ":read").add(scope + ":write");
        }
        body.putObject("user").put("user_id", "usr_1").put("tenant_id", "t1");
        return new Said(200, body);
    }

    private synchronized Said work(HttpServerRequest request, String text) {
        String key = request.requestHeaders().get("Idempotency-Key");
        Saved saved = key == null || !idempotent ? null : answered.get(key);
        if (saved != null) {
            return saved.request().equals(text)
                    ? saved.said()
                    : new Said(409,
                            object().put("error", "Idempotency-Key was used for another request"));
        }
        QueryStringDecoder uri = new QueryStringDecoder(request.uri());
        String[] path = uri.path().substring("/v1/".length()).split("/");
        ObjectNode body = text.isEmpty()
                ? object()
                : (ObjectNode) Wire.MAPPER.readTree(text);
        Said said = answer(request.method().name(), path, body, uri);
        if (key != null) {
            answered.put(key, new Saved(text, said));
        }
        return said;
    }

    private Said answer(String method, String[] path, ObjectNode body, QueryStringDecoder uri) {
        boolean contact = path[0].equals("contacts");
        Map<String, ObjectNode> all = contact ? contacts : companies;
        if (path.length >= 3) {
            return note(method, path, body, contact);
        }
        String unique = contact ? "email" : "domain";
        return switch (method) {
            case "GET" -> {
                String search = uri.parameters().getOrDefault("search", List.of("")).getFirst();
                ObjectNode found = object();
                ArrayNode list = found.putArray(path[0]);
                all.values()
                        .stream()
                        .filter(
                                entity -> entity.path("properties")
                                        .path(unique)
                                        .asString()
                                        .contains(search))
                        .forEach(list::add);
                yield new Said(200, found);
            }
            case "POST" -> {
                String value = body.path(unique).asString();
                boolean taken = all.values()
                        .stream()
                        .anyMatch(
                                entity -> entity.path("properties")
                                        .path(unique)
                                        .asString()
                                        .equalsIgnoreCase(value));
                if (taken) {
                    yield new Said(409, object().put("error", "already exists"));
                }
                ObjectNode entity = entity(contact ? "contact_id" : "company_id",
                        contact ? "ct_" : "co_");
                ObjectNode properties = entity.putObject("properties");
                if (body.path("properties") instanceof ObjectNode given) {
                    properties.setAll(given);
                }
                properties.put(unique, value);
                yield stored(201, all, contact ? EntityKind.CONTACT : EntityKind.COMPANY, entity);
            }
            default -> {
                ObjectNode entity = all.get(path[1]);
                if (entity == null) {
                    yield new Said(404, object().put("error", "not found"));
                }
                ((ObjectNode) entity.path("properties"))
                        .setAll((ObjectNode) body.path("properties"));
                entity.put("version", entity.path("version").asLong() + 1);
                yield stored(200, all, contact ? EntityKind.CONTACT : EntityKind.COMPANY, entity);
            }
        };
    }

    private Said note(String method, String[] path, ObjectNode body, boolean contact) {
        EntityKind kind = contact ? EntityKind.CONTACT_NOTE : EntityKind.COMPANY_NOTE;
        if (method.equals("GET")) {
            ObjectNode found = object();
            ArrayNode list = found.putArray("notes");
            notes.values()
                    .stream()
                    .filter(note -> note.path("owner").asString().equals(path[1]))
                    .forEach(list::add);
            return new Said(200, found);
        }
        if (method.equals("POST")) {
            ObjectNode note = entity("note_id", "note_").put("owner", path[1])
                    .put("content", body.path("content").asString());
            return stored(201, notes, kind, note);
        }
        ObjectNode note = notes.get(path[3]);
        if (note == null) {
            return new Said(404, object().put("error", "note not found"));
        }
        long version = note.path("version").asLong() + 1;
        note.put("version", version);
        if (method.equals("DELETE")) {
            notes.remove(path[3]);
            feed.changed(kind, path[3], version, object().put("deleted", true));
            return new Said(200, object().put("version", version));
        }
        note.put("content", body.path("content").asString());
        return stored(200, notes, kind, note);
    }

    private ObjectNode entity(String idName, String prefix) {
        return object().put(idName, prefix + ids.incrementAndGet())
                .put("version", 1)
                .put("created_at", Instant.now().toString());
    }

    private Said stored(int status, Map<String, ObjectNode> all, EntityKind kind, ObjectNode node) {
        String member = switch (kind) {
            case CONTACT -> "contact";
            case COMPANY -> "company";
            default -> "note";
        };
        String id = node.path(member + "_id").asString();
        all.put(id, node);
        feed.changed(kind, id, node.path("version").asLong(), node.deepCopy());
        ObjectNode body = object();
        body.set(member, node.deepCopy());
        return new Said(status, body);
    }

    private static Mono<Void> say(HttpServerResponse response, Said said) {
        return response.status(said.status())
                .sendString(Mono.just(Wire.MAPPER.<JsonNode>valueToTree(said.body()).toString()))
                .then();
    }

    private static ObjectNode object() {
        return Wire.MAPPER.createObjectNode();
    }

    @Override
    public void close() {
        server.disposeNow();
        loops.dispose();
    }
}
