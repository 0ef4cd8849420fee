package ai.pathbound.schemas.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.stream.LongStream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Avro's own decoder is the judge.
class RecordDecoderTest {
    private static final int HEADER_BYTES = 10;

    static LongStream seeds() {
        return LongStream.range(0, 300);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void recordsReadAsAvroReadsThem(long seed) throws Exception {
        RecentTexts recent = new RecentTexts();
        for (Published type : Published.all()) {
            Schema schema = type.history().getLast();
            byte[] bytes = new Generated(seed).bytes(schema);
            int length = bytes.length - HEADER_BYTES;
            BinaryDecoder judge = DecoderFactory.get()
                    .binaryDecoder(bytes, HEADER_BYTES, length, null);
            Object expected = new GenericDatumReader<>(schema).read(null, judge);
            // Twice more, for by then all texts are known.
            for (int round = 0; round < 3; round++) {
                RecordDecoder decoder = new RecordDecoder(bytes, HEADER_BYTES, recent);
                assertThat(new GenericDatumReader<>(schema).read(null, decoder))
                        .isEqualTo(expected);
                assertThat(decoder.isEnd()).isTrue();
                assertThat(type.codec().decode(bytes, 0, recent))
                        .isEqualTo(type.codec().decode(bytes));
            }
        }
    }

    /// What is read in which order does not matter: each call takes what Avro's takes, or both refuse.
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void anyBytesReadAsAvroReadsThem(long seed) {
        Random random = new Random(seed);
        byte[] bytes = new byte[200];
        for (int i = 0; i < bytes.length; i++) {
            // Small numbers, so that lengths are often good ones.
            bytes[i] = (byte) (random.nextInt(3) == 0 ? random.nextInt() : random.nextInt(24));
        }
        BinaryDecoder judge = DecoderFactory.get().binaryDecoder(bytes, null);
        RecordDecoder decoder = new RecordDecoder(bytes, 0, new RecentTexts());
        for (boolean more = true; more;) {
            int call = random.nextInt(10);
            Object expected = read(judge, call);
            assertThat(read(decoder, call)).as("call %d", call).isEqualTo(expected);
            more = !expected.equals("refused");
        }
    }

    private static Object read(Decoder decoder, int call) {
        try {
            return switch (call) {
                case 0 -> decoder.readBoolean();
                case 1 -> decoder.readInt();
                case 2 -> decoder.readLong();
                case 3 -> decoder.readFloat();
                case 4 -> decoder.readDouble();
                case 5 -> decoder.readString();
                case 6 -> decoder.readString(null).toString();
                case 7 -> decoder.readBytes(null);
                case 8 -> decoder.readEnum();
                default -> {
                    byte[] fixed = new byte[5];
                    decoder.readFixed(fixed);
                    decoder.skipFixed(2);
                    yield ByteBuffer.wrap(fixed);
                }
            };
        } catch (IOException | RuntimeException e) {
            return "refused";
        }
    }

    @Test
    void blocksThatSayHowLongTheyAre_areReadAndSkipped() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        var encoder = EncoderFactory.get().blockingBinaryEncoder(out, null);
        encoder.writeArrayStart();
        encoder.setItemCount(3);
        for (long item = 0; item < 3; item++) {
            encoder.startItem();
            encoder.writeLong(item);
        }
        encoder.writeArrayEnd();
        encoder.writeString("passed over");
        encoder.writeLong(7);
        encoder.flush();
        RecordDecoder read = new RecordDecoder(out.toByteArray(), 0, null);
        long sum = 0;
        for (long left = read.readArrayStart(); left > 0; left = read.arrayNext()) {
            for (long i = 0; i < left; i++) {
                sum += read.readLong();
            }
        }
        assertThat(sum).isEqualTo(3);
        assertThat(read.readString()).isEqualTo("passed over");
        assertThat(read.readLong()).isEqualTo(7);
        RecordDecoder skipped = new RecordDecoder(out.toByteArray(), 0, null);
        for (long left = skipped.skipArray(); left > 0; left = skipped.skipArray()) {
            for (long i = 0; i < left; i++) {
                skipped.readLong();
            }
        }
        skipped.skipString();
        assertThat(skipped.readLong()).isEqualTo(7);
        assertThat(skipped.isEnd()).isTrue();
    }

    @Test
    void claimedLengths_areCheckedBeforeAnythingIsMade() {
        byte[] bytes = {(byte) 0xFE, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x0F, 1};
        assertThatExceptionOfType(EOFException.class)
                .isThrownBy(() -> new RecordDecoder(bytes, 0, null).readString());
        assertThatExceptionOfType(EOFException.class)
                .isThrownBy(() -> new RecordDecoder(bytes, 0, null).readBytes(null));
        assertThatExceptionOfType(EOFException.class)
                .isThrownBy(() -> new RecordDecoder(bytes, 0, null).readMapStart());
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void recentTextsAreTheTextsOfTheirBytes(long seed) {
        Random random = new Random(seed);
        RecentTexts recent = new RecentTexts();
        for (int i = 0; i < 2_000; i++) {
            byte[] bytes = new byte[random.nextInt(24)];
            for (int at = 0; at < bytes.length; at++) {
                bytes[at] = (byte) (random.nextInt(12) == 0 ? random.nextInt() : 'a');
            }
            assertThat(recent.of(bytes, 0, bytes.length))
                    .isEqualTo(new String(bytes, StandardCharsets.UTF_8));
        }
    }

    @Test
    void aTextThatComesAgain_isTheSameObject() {
        RecentTexts recent = new RecentTexts();
        byte[] bytes = "https://acme.test/pricing".getBytes(StandardCharsets.UTF_8);
        recent.of(bytes, 0, bytes.length);
        String second = recent.of(bytes, 0, bytes.length);
        assertThat(recent.of(bytes, 0, bytes.length)).isSameAs(second);
    }
}
