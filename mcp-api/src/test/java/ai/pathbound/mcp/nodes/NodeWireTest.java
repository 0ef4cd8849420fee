package ai.pathbound.mcp.nodes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.pathbound.projector.query.Answer;
import ai.pathbound.projector.query.Freshness;
import ai.pathbound.projector.query.Json;
import ai.pathbound.projector.query.Question;
import ai.pathbound.projector.query.Terms;
import ai.pathbound.projector.routing.NodeAddress;
import ai.pathbound.projector.routing.Place;
import ai.pathbound.projector.routing.Routes;
import ai.pathbound.schemas.topics.ChangeKey;
import ai.pathbound.schemas.topics.EntityKind;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The form of messages between nodes.
final class NodeWireTest {
    private static final Freshness FRESH = new Freshness(
            Instant.parse("2026-11-23T13:52:46.880123Z"), 36, true);
    private static final Place PLACE = new Place(Optional.of(NodeAddress.parse("one:1")),
            List.of(NodeAddress.parse("[::1]:2"), NodeAddress.parse("three:3")));

    static Stream<Class<? extends Question>> questions() {
        return QuestionForm.types().values().stream();
    }

    @ParameterizedTest
    @MethodSource("questions")
    void eachQuestion_arrivesAsItWas(Class<? extends Question> type) {
        for (boolean full : new boolean[]{true, false}) {
            Question question = QuestionForms.sample(type, full);
            NodeRequest request = new NodeRequest.Ask("acme", question,
                    new Terms(Duration.ofMillis(1234),
                            full ? Optional.of(Duration.ofSeconds(30)) : Optional.empty()));
            assertThat(NodeWire.readRequest(NodeWire.write(request))).isEqualTo(request);
        }
    }

    /// A changed form is misread by nodes of another version, for as long as an upgrade takes.
    @Test
    void formOfQuestions_changesOnlyWithTheVersion() throws IOException {
        String now = QuestionForm.types()
                .entrySet()
                .stream()
                .map(type -> type.getKey() + " " + QuestionForms.shape(type.getValue()) + "\n")
                .collect(Collectors.joining("", "version " + NodeWire.VERSION + "\n", ""));
        try (InputStream file = NodeWireTest.class.getResourceAsStream("question-forms.txt")) {
            assertThat(now)
                    .as("raise NodeWire.VERSION and write this to question-forms.txt")
                    .isEqualTo(file == null ? "" : new String(file.readAllBytes(), UTF_8));
        }
    }

    static Stream<NodeRequest> requests() {
        return Stream.of(
                new NodeRequest.Where(),
                new NodeRequest.Hello("a front"),
                new NodeRequest.Await(new ChangeKey("acme", EntityKind.CONTACT_NOTE, "note_1"),
                        Long.MAX_VALUE, Duration.ofSeconds(2)));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void otherRequests_arriveAsTheyWere(NodeRequest request) {
        assertThat(NodeWire.readRequest(NodeWire.write(request))).isEqualTo(request);
    }

    static Stream<NodeReply> replies() {
        return Stream.of(
                new NodeReply.Answered(new Answer.NotFound("contact", "ü\n\"", FRESH)),
                new NodeReply.Answered(new Answer.Invalid("cursor", "is not one")),
                new NodeReply.Answered(new Answer.TooLarge("narrow it")),
                new NodeReply.Answered(new Answer.Rebuilding(Duration.ofMillis(1500))),
                new NodeReply.Answered(new Answer.Stopped()),
                new NodeReply.Awaited(true),
                new NodeReply.Awaited(false),
                new NodeReply.Elsewhere(PLACE),
                new NodeReply.Elsewhere(Place.NOWHERE),
                new NodeReply.Known(new Routes(List.of(PLACE, Place.NOWHERE))),
                new NodeReply.Serving(3),
                new NodeReply.Busy(),
                new NodeReply.Refused("why"));
    }

    @ParameterizedTest
    @MethodSource("replies")
    void replies_arriveAsTheyWere(NodeReply reply) {
        assertThat(NodeWire.read(NodeWire.write(reply))).isEqualTo(reply);
    }

    @Test
    void foundJson_arrivesByteForByte() {
        byte[] utf8 = "{ \"spaced\" :1.0 }".getBytes(UTF_8);
        NodeReply reply = new NodeReply.Answered(new Answer.Found(new Json(utf8), FRESH));
        assertThat(NodeWire.read(NodeWire.write(reply))).isInstanceOfSatisfying(
                NodeReply.Answered.class,
                answered -> assertThat(answered.answer()).isInstanceOfSatisfying(
                        Answer.Found.class,
                        found -> {
                            assertThat(found.json().utf8()).isEqualTo(utf8);
                            assertThat(found.freshness()).isEqualTo(FRESH);
                        }));
    }

    @Test
    void eachAnswer_isAmongThoseTested() {
        List<String> tested = Stream
                .concat(
                        replies().filter(NodeReply.Answered.class::isInstance)
                                .map(reply -> ((NodeReply.Answered) reply).answer().getClass()),
                        Stream.of(Answer.Found.class))
                .map(Class::getSimpleName)
                .toList();
        assertThat(Stream.of(Answer.class.getPermittedSubclasses()).map(Class::getSimpleName))
                .allSatisfy(name -> assertThat(tested).contains(name));
    }

    static Stream<String> unknownRequests() {
        String ask = "{\"version\":1,\"type\":\"ask\",\"tenant\":\"acme\",\"within_ms\":9,"
                + "\"question\":";
        return Stream.of(
                "",
                "nonsense",
                "{}",
                "{\"version\":2,\"type\":\"where\"}",
                "{\"version\":1,\"type\":\"other\"}",
                ask + "{\"type\":\"Unheard\",\"value\":{}}}",
                ask + "{\"type\":\"GetContact\",\"value\":{}}}",
                ask + "{\"type\":\"GetContact\",\"value\":{\"contactId\":\"a\",\"more\":1}}}",
                ask + "{\"type\":\"EventTypes\",\"value\":{}},\"stale_ms\":9}".replace("}}", "]"));
    }

    @ParameterizedTest
    @MethodSource("unknownRequests")
    void whatIsNotUnderstood_isSaidSo(String request) {
        assertThatThrownBy(() -> NodeWire.readRequest(request.getBytes(UTF_8)))
                .isInstanceOf(UnknownFormException.class);
    }
}
