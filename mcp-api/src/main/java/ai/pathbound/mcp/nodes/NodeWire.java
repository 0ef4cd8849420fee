package ai.pathbound.mcp.nodes;

import ai.pathbound.projector.query.Answer;
import ai.pathbound.projector.query.Freshness;
import ai.pathbound.projector.query.Json;
import ai.pathbound.projector.query.Terms;
import ai.pathbound.projector.routing.NodeAddress;
import ai.pathbound.projector.routing.Place;
import ai.pathbound.projector.routing.Routes;
import ai.pathbound.schemas.topics.ChangeKey;
import ai.pathbound.schemas.topics.EntityKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The form of requests and replies between nodes. Requests are JSON with the version of the form; a
/// reply is a word and a freshness in its head and JSON in its body, so that an answer's JSON is passed
/// on as the owner has rendered it.
final class NodeWire {
    /// Goes up with each change of a question, request or reply that an older node would misread.
    static final int VERSION = 1;
    private static final JsonMapper MAPPER = QuestionForm.MAPPER;
    private static final Json NOTHING = new Json(new byte[0]);

    private NodeWire() {}

    /// A reply as it travels.
    ///
    /// @param word which reply it is
    /// @param freshness of an answer, empty for replies without
    /// @param body JSON
    record Message(String word, String freshness, Json body) {}

    static byte[] write(NodeRequest request) {
        ObjectNode form = MAPPER.createObjectNode();
        form.put("version", VERSION);
        switch (request) {
            case NodeRequest.Ask ask -> {
                form.put("type", "ask");
                form.put("tenant", ask.tenant());
                form.put("within_ms", ask.terms().within().toMillis());
                ask.terms()
                        .staleAtMost()
                        .ifPresent(bound -> form.put("stale_ms", bound.toMillis()));
                form.set("question", QuestionForm.write(ask.question()));
            }
            case NodeRequest.Await await -> {
                form.put("type", "await");
                form.put("tenant", await.key().tenant());
                form.put("kind", await.key().kind().word());
                form.put("id", await.key().id());
                form.put("entity_version", await.version());
                form.put("within_ms", await.atMost().toMillis());
            }
            case NodeRequest.Where _ -> form.put("type", "where");
            case NodeRequest.Hello(String front) -> {
                form.put("type", "hello");
                form.put("front", front);
            }
        }
        return MAPPER.writeValueAsBytes(form);
    }

    /// @throws UnknownFormException if it is none
    static NodeRequest readRequest(byte[] bytes) {
        try {
            JsonNode form = MAPPER.readTree(bytes);
            int version = form.path("version").asInt(0);
            if (version != VERSION) {
                throw new UnknownFormException("requests of version " + version
                        + " are not understood here, only " + VERSION);
            }
            Duration within = Duration.ofMillis(form.path("within_ms").asLong(0));
            return switch (form.path("type").asString("")) {
                case "ask" -> new NodeRequest.Ask(form.path("tenant").asString(""),
                        QuestionForm.read(form.path("question")), terms(form, within));
                case "await" -> new NodeRequest.Await(key(form),
                        form.path("entity_version").asLong(), within);
                case "where" -> new NodeRequest.Where();
                case "hello" -> new NodeRequest.Hello(form.path("front").asString(""));
                default -> throw new UnknownFormException("no such request");
            };
        } catch (JacksonException | IllegalArgumentException e) {
            throw new UnknownFormException("the request cannot be read: " + e.getMessage());
        }
    }

    private static Terms terms(JsonNode form, Duration within) {
        Optional<Duration> stale = form.has("stale_ms")
                ? Optional.of(Duration.ofMillis(form.path("stale_ms").asLong()))
                : Optional.empty();
        return new Terms(within, stale);
    }

    private static ChangeKey key(JsonNode form) {
        EntityKind kind = EntityKind.ofWord(form.path("kind").asString(""))
                .orElseThrow(() -> new UnknownFormException("no such kind of entity"));
        return new ChangeKey(form.path("tenant").asString(""), kind,
                form.path("id").asString(""));
    }

    static Message write(NodeReply reply) {
        return switch (reply) {
            case NodeReply.Answered(Answer answer) -> write(answer);
            case NodeReply.Awaited(boolean visible) ->
                new Message("awaited", "", json(visible));
            case NodeReply.Elsewhere(Place place) ->
                new Message("elsewhere", "", json(form(place)));
            case NodeReply.Known(Routes routes) -> {
                ArrayNode places = MAPPER.createArrayNode();
                routes.places().forEach(place -> places.add(form(place)));
                yield new Message("known", "", json(places));
            }
            case NodeReply.Serving(int nodes) -> new Message("serving", "", json(nodes));
            case NodeReply.Busy _ -> new Message("busy", "", NOTHING);
            case NodeReply.Refused(String why) ->
                new Message("refused", "", json(why));
        };
    }

    private static Message write(Answer answer) {
        return switch (answer) {
            case Answer.Found(Json json, Freshness fresh) ->
                new Message("found", text(fresh), json);
            case Answer.NotFound absent -> new Message("not_found", text(absent.freshness()),
                    json(List.of(absent.kind(), absent.id())));
            case Answer.Invalid invalid -> new Message("invalid", "",
                    json(List.of(invalid.field(), invalid.message())));
            case Answer.TooLarge large ->
                new Message("too_large", "", json(large.message()));
            case Answer.Rebuilding rebuilding -> new Message("rebuilding", "",
                    json(rebuilding.retryAfter().toMillis()));
            case Answer.Stopped _ -> new Message("stopped", "", NOTHING);
        };
    }

    /// @throws UnknownFormException if it is none
    static NodeReply read(Message message) {
        if (message.word().equals("found")) {
            return new NodeReply.Answered(
                    new Answer.Found(message.body(), freshness(message)));
        }
        try {
            JsonNode body = message.body().utf8().length == 0
                    ? MAPPER.missingNode()
                    : MAPPER.readTree(message.body().utf8());
            return switch (message.word()) {
                case "not_found" -> new NodeReply.Answered(new Answer.NotFound(
                        body.path(0).asString(""), body.path(1).asString(""), freshness(message)));
                case "invalid" -> new NodeReply.Answered(new Answer.Invalid(
                        body.path(0).asString(""), body.path(1).asString("")));
                case "too_large" ->
                    new NodeReply.Answered(new Answer.TooLarge(body.asString("")));
                case "rebuilding" -> new NodeReply.Answered(
                        new Answer.Rebuilding(Duration.ofMillis(body.asLong(0))));
                case "stopped" -> new NodeReply.Answered(new Answer.Stopped());
                case "awaited" -> new NodeReply.Awaited(body.asBoolean(false));
                case "elsewhere" -> new NodeReply.Elsewhere(place(body));
                case "known" -> {
                    List<Place> places = new ArrayList<>();
                    body.forEach(place -> places.add(place(place)));
                    yield new NodeReply.Known(new Routes(places));
                }
                case "serving" -> new NodeReply.Serving(body.asInt(0));
                case "busy" -> new NodeReply.Busy();
                case "refused" -> new NodeReply.Refused(body.asString(""));
                default -> throw new UnknownFormException("no such reply: " + message.word());
            };
        } catch (JacksonException | IllegalArgumentException e) {
            throw new UnknownFormException("the reply cannot be read: " + e.getMessage());
        }
    }

    private static Json json(Object value) {
        return new Json(MAPPER.writeValueAsBytes(value));
    }

    private static String text(Freshness fresh) {
        return fresh.asOf() + " " + fresh.lagMillis() + " " + fresh.caughtUp();
    }

    private static Freshness freshness(Message message) {
        String[] parts = message.freshness().split(" ", -1);
        try {
            return new Freshness(Instant.parse(parts[0]), Long.parseLong(parts[1]),
                    Boolean.parseBoolean(parts[2]));
        } catch (RuntimeException e) {
            throw new UnknownFormException("no freshness: '" + message.freshness() + "'");
        }
    }

    private static ObjectNode form(Place place) {
        ObjectNode form = MAPPER.createObjectNode();
        place.owner().ifPresent(owner -> form.put("owner", owner.toString()));
        ArrayNode standbys = form.putArray("standbys");
        place.standbys().forEach(standby -> standbys.add(standby.toString()));
        return form;
    }

    private static Place place(JsonNode form) {
        Optional<NodeAddress> owner = form.has("owner")
                ? Optional.of(NodeAddress.parse(form.path("owner").asString("")))
                : Optional.empty();
        List<NodeAddress> standbys = new ArrayList<>();
        form.path("standbys").forEach(text -> standbys.add(NodeAddress.parse(text.asString(""))));
        return new Place(owner, standbys);
    }
}
