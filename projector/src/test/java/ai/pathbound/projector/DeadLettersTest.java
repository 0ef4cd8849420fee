package ai.pathbound.projector;

import static ai.pathbound.projector.Changes.START;
import static org.assertj.core.api.Assertions.assertThat;

import ai.pathbound.projector.query.Question.GetContact;
import ai.pathbound.projector.state.Change;
import ai.pathbound.schemas.change.DeadLetter;
import ai.pathbound.schemas.change.DeadLetterReason;
import ai.pathbound.schemas.change.PropertyValue;
import ai.pathbound.schemas.codec.ChangeCodec;
import ai.pathbound.schemas.codec.UnreadableChangeException;
import ai.pathbound.schemas.topics.ChangeKey;
import ai.pathbound.schemas.topics.EntityKind;
import ai.pathbound.schemas.topics.TenantPartitioner;
import ai.pathbound.schemas.topics.Topics;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A record nobody can apply goes to the dead letters with its position, and the next one is applied.
class DeadLettersTest {
    private static final ChangeKey ANA = new ChangeKey("acme", EntityKind.CONTACT, "ct_ana");

    static Stream<Arguments> poison() {
        byte[] good = contact(ANA, Map.of("email", "ana@acme.test"));
        byte[] cut = java.util.Arrays.copyOf(good, good.length / 2);
        byte[] noise = new byte[300];
        new Random(1).nextBytes(noise);
        ChangeKey other = new ChangeKey("acme", EntityKind.CONTACT, "ct_other");
        ChangeKey event = new ChangeKey("acme", EntityKind.EVENT, "evt_1");
        ChangeKey note = new ChangeKey("acme", EntityKind.CONTACT_NOTE, "note_1");
        return Stream.of(
                Arguments.of("foreign bytes", ANA.toBytes(), noise, DeadLetterReason.UNREADABLE),
                Arguments.of("a cut record", ANA.toBytes(), cut, DeadLetterReason.UNREADABLE),
                Arguments.of("no bytes", ANA.toBytes(), new byte[0], DeadLetterReason.UNREADABLE),
                Arguments.of("no key", null, good, DeadLetterReason.BAD_KEY),
                Arguments.of("a foreign key", bytes("hello"), good, DeadLetterReason.BAD_KEY),
                Arguments.of(
                        "an unknown kind",
                        bytes("acme/dog/d_1"),
                        good,
                        DeadLetterReason.BAD_KEY),
                Arguments.of("a blank id", bytes("acme/contact/"), good, DeadLetterReason.BAD_KEY),
                Arguments.of("another topic", event.toBytes(), good, DeadLetterReason.WRONG_TOPIC),
                Arguments.of("another id", other.toBytes(), good, DeadLetterReason.KEY_MISMATCH),
                Arguments.of("another kind",
                        note.toBytes(),
                        Changes.encode(note,
                                1,
                                Changes.contact(Map.of(), null, START, List.of())),
                        DeadLetterReason.KEY_MISMATCH),
                Arguments.of("version 0",
                        ANA.toBytes(),
                        Changes.encode(ANA, 0, Changes.contact(Map.of(), null, START, List.of())),
                        DeadLetterReason.INVALID),
                Arguments.of("a visitor that is no id",
                        ANA.toBytes(),
                        Changes.encode(ANA,
                                1,
                                Changes.contact(Map.of(), null, START, List.of("a b"))),
                        DeadLetterReason.INVALID),
                Arguments.of("lists 49 deep",
                        ANA.toBytes(),
                        contact(ANA, Map.of("bio", nested(49))),
                        DeadLetterReason.INVALID),
                Arguments.of("lists 120 deep",
                        ANA.toBytes(),
                        contact(ANA, Map.of("bio", nested(120))),
                        DeadLetterReason.INVALID),
                Arguments.of("too many bytes",
                        ANA.toBytes(),
                        contact(ANA, Map.of("bio", "x".repeat(Topics.CHANGE_BYTES_MAX))),
                        DeadLetterReason.TOO_LARGE));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("poison")
    void unusableRecord_isKeptWithItsReason_andTheNextIsApplied(String what,
            byte @Nullable [] key,
            byte[] value,
            DeadLetterReason reason,
            @TempDir Path state) throws UnreadableChangeException {
        try (TestProjector projector = new TestProjector(state)) {
            ChangeKey bob = new ChangeKey("acme", EntityKind.CONTACT, "ct_bob");
            projector.send(bob, contact(bob, Map.of("email", "bob@acme.test")));
            projector.send(Topics.CONTACT_CHANGES, key, value);
            projector.send(ANA, contact(ANA, Map.of("email", "ana@acme.test")));

            List<byte[]> letters = projector.deadLetters();
            assertThat(letters).hasSize(1);
            DeadLetter letter = ChangeCodec.DEAD_LETTER.decode(letters.getFirst());
            assertThat(letter.getReason()).isEqualTo(reason);
            assertThat(letter.getTopic()).isEqualTo(Topics.CONTACT_CHANGES);
            assertThat(letter.getPartition()).isZero();
            assertThat(letter.getOffset()).isEqualTo(1);
            assertThat(letter.getKey()).isEqualTo(key == null ? null : ByteBuffer.wrap(key));
            assertThat(letter.getValue()).isEqualTo(ByteBuffer.wrap(value));
            assertThat(letter.getMessage()).isNotBlank().doesNotContain("\tat ");
            assertThat(projector.json("acme", new GetContact("ct_bob")).isMissingNode()).isFalse();
            assertThat(projector.json("acme", new GetContact("ct_ana")).isMissingNode()).isFalse();
        }
    }

    @Test
    void recordInAnotherTenantsPartition_isKept_andSplitsNothing(@TempDir Path state)
            throws UnreadableChangeException {
        int partitions = 8;
        String here = tenantOf(0, partitions);
        String elsewhere = tenantOf(5, partitions);
        try (TestProjector projector = new TestProjector(state, partitions)) {
            for (String tenant : List.of(here, elsewhere)) {
                ChangeKey key = new ChangeKey(tenant, EntityKind.CONTACT, "ct_1");
                projector.send(key, contact(key, Map.of("email", "ana@acme.test")));
            }
            List<byte[]> letters = projector.deadLetters();
            assertThat(letters).hasSize(1);
            DeadLetter letter = ChangeCodec.DEAD_LETTER.decode(letters.getFirst());
            assertThat(letter.getReason()).isEqualTo(DeadLetterReason.WRONG_PARTITION);
            assertThat(letter.getMessage()).contains(elsewhere, "partition 5");
            assertThat(projector.stored(here, EntityKind.CONTACT)).isEqualTo(1);
            assertThat(projector.stored(elsewhere, EntityKind.CONTACT)).isZero();
        }
    }

    @ParameterizedTest(name = "{0} bytes")
    @ValueSource(ints = {1_000_000, 4_300_000})
    void recordLargerThanALetter_isCutAndSaid_andTheNextIsApplied(int bytes, @TempDir Path state)
            throws UnreadableChangeException {
        byte[] value = contact(ANA, Map.of("bio", "x".repeat(bytes)));
        byte[] longKey = bytes("acme/contact/" + "y".repeat(bytes));
        try (TestProjector projector = new TestProjector(state)) {
            projector.send(Topics.CONTACT_CHANGES, ANA.toBytes(), value);
            projector.send(Topics.CONTACT_CHANGES, longKey, null);
            projector.send(ANA, contact(ANA, Map.of("email", "ana@acme.test")));
            List<byte[]> letters = projector.deadLetters();
            assertThat(letters).hasSize(2).allMatch(letter -> letter.length < 1_000_000);
            DeadLetter first = ChangeCodec.DEAD_LETTER.decode(letters.getFirst());
            assertThat(first.getReason()).isEqualTo(DeadLetterReason.TOO_LARGE);
            assertThat(first.getMessage()).contains("cut", value.length + " bytes");
            DeadLetter second = ChangeCodec.DEAD_LETTER.decode(letters.getLast());
            assertThat(second.getMessage()).contains("cut", longKey.length + " bytes");
            assertThat(projector.json("acme", new GetContact("ct_ana")).isMissingNode()).isFalse();
        }
    }

    /// The most a record may hold of each, by id and in the tables that set questions are answered from.
    @Test
    void largestValuesThatAreTaken_stopNoAnswer(@TempDir Path state) {
        Map<String, Object> most = Map.of("email",
                "x".repeat(700_000),
                "domain",
                "y".repeat(1_000),
                "deep",
                nested(Change.PROPERTY_DEPTH_MAX),
                "infinite",
                Double.POSITIVE_INFINITY,
                "nan",
                Double.NaN);
        try (TestProjector projector = new TestProjector(state)) {
            projector.send(ANA, contact(ANA, most));
            assertThat(projector.deadLetters()).isEmpty();
            assertThat(projector.changelog()).allMatch(row -> row.key.get().length < 2_000);
            assertThat(projector.json("acme", new GetContact("ct_ana")).isMissingNode()).isFalse();
            assertThat(projector.view("acme").contacts().liveRows()).isEqualTo(1);
            projector.advance(java.time.Duration.ofSeconds(5));
            projector.send(ANA,
                    Changes.encode(ANA, 2, Changes.contact(Map.of(), null, START, List.of())));
            assertThat(projector.view("acme").contacts().liveRows()).isEqualTo(1);
        }
    }

    private static Object nested(int depth) {
        Object value = "bottom";
        for (int i = 0; i < depth; i++) {
            value = List.of(new PropertyValue(value));
        }
        return value;
    }

    private static String tenantOf(int partition, int partitions) {
        return IntStream.range(0, 1000)
                .mapToObj(number -> "tenant" + number)
                .filter(
                        tenant -> TenantPartitioner.partition(tenant, partitions) == partition)
                .findFirst()
                .orElseThrow();
    }

    private static byte[] contact(ChangeKey key, Map<String, Object> properties) {
        return Changes.encode(key, 1, Changes.contact(properties, null, START, List.of()));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
