package ai.pathbound.schemas.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Bytes that went bad are refused as unreadable; nothing else may come out of the codec.
class DamagedBytesTest {
    private static final int HEADER_BYTES = 10;
    private static final int EVENT = 2;

    static LongStream seeds() {
        return LongStream.range(0, 200);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void cutRecord_isUnreadable(long seed) {
        byte[] bytes = generated(seed);
        int length = new Random(seed).nextInt(bytes.length);
        assertThatExceptionOfType(UnreadableChangeException.class)
                .isThrownBy(() -> codec(seed).decode(Arrays.copyOf(bytes, length)));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void noiseInsideARecord_readsOrIsUnreadable(long seed) {
        var random = new Random(seed);
        for (int round = 0; round < 100; round++) {
            byte[] bytes = generated(seed);
            for (int i = random.nextInt(4); i >= 0; i--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            assertThat(outcome(seed, bytes)).isIn("read", "unreadable");
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void noiseBehindAGoodHeader_readsOrIsUnreadable(long seed) {
        byte[] bytes = Arrays.copyOf(generated(seed), HEADER_BYTES + 400);
        byte[] noise = new byte[400];
        new Random(seed).nextBytes(noise);
        System.arraycopy(noise, 0, bytes, HEADER_BYTES, noise.length);
        assertThat(outcome(seed, bytes)).isIn("read", "unreadable");
    }

    @Test
    void textThatClaimsToBeHuge_isUnreadable() throws Exception {
        assertUnreadable(eventHeader(encoder -> encoder.writeLong(Integer.MAX_VALUE - 9L)));
    }

    @Test
    void mapThatClaimsToBeHuge_isUnreadable() throws Exception {
        assertUnreadable(envelope(encoder -> encoder.writeLong(Integer.MAX_VALUE - 9L)));
    }

    @Test
    void listThatClaimsToBeHuge_isUnreadable() throws Exception {
        assertUnreadable(data(encoder -> {
            encoder.writeIndex(5);
            encoder.writeLong(Integer.MAX_VALUE - 9L);
        }));
    }

    @Test
    void listsNestedDeeperThanTheStack_areUnreadable() throws Exception {
        assertUnreadable(data(encoder -> {
            for (int depth = 0; depth < 300_000; depth++) {
                encoder.writeIndex(5);
                encoder.writeLong(1);
            }
        }));
    }

    private interface Body {
        void write(BinaryEncoder encoder) throws IOException;
    }

    private static byte[] eventHeader(Body body) throws IOException {
        var out = new ByteArrayOutputStream();
        out.write(Arrays.copyOf(encoded(Published.all().get(EVENT), EVENT), HEADER_BYTES));
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
        body.write(encoder);
        encoder.flush();
        return out.toByteArray();
    }

    /// An event change up to its provenance.
    private static byte[] envelope(Body provenance) throws IOException {
        return eventHeader(encoder -> {
            encoder.writeString("change");
            encoder.writeString("acme");
            encoder.writeString("evt_1");
            encoder.writeLong(1);
            encoder.writeLong(0);
            encoder.writeString("tracker");
            provenance.write(encoder);
        });
    }

    /// An event change up to the first value of its data.
    private static byte[] data(Body value) throws IOException {
        return envelope(encoder -> {
            encoder.writeLong(0);
            encoder.writeIndex(0);
            encoder.writeString("page_view");
            encoder.writeLong(0);
            for (int field = 0; field < 10; field++) {
                encoder.writeIndex(0);
            }
            encoder.writeBoolean(false);
            encoder.writeLong(1);
            encoder.writeString("key");
            value.write(encoder);
        });
    }

    private static void assertUnreadable(byte[] bytes) {
        assertThatExceptionOfType(UnreadableChangeException.class)
                .isThrownBy(() -> ChangeCodec.EVENT.decode(bytes));
    }

    private static String outcome(long seed, byte[] bytes) {
        try {
            codec(seed).decode(bytes);
            return "read";
        } catch (UnreadableChangeException e) {
            return "unreadable";
        }
    }

    private static ChangeCodec<?> codec(long seed) {
        return type(seed).codec();
    }

    private static Published type(long seed) {
        List<Published> types = Published.all();
        return types.get(Math.floorMod(seed, types.size()));
    }

    private static byte[] generated(long seed) {
        return encoded(type(seed), seed);
    }

    private static byte[] encoded(Published type, long seed) {
        return new Generated(seed).bytes(type.history().getLast());
    }
}
