package ai.pathbound.projector.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

class JsonBytesTest {
    private static final List<String> PARTS = List.of("a",
            "url",
            "/",
            " ",
            "\"",
            "\\",
            "\n",
            "\r",
            "\t",
            "\b",
            "\f",
            "\u0000",
            "\u001f",
            "\u007f",
            "\u0080",
            "é",
            "\u07ff",
            "\u0800",
            "€",
            "\uffff",
            "😀",
            "\udbff\udfff");

    static LongStream seeds() {
        return LongStream.range(0, 200);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void bytes_equalThoseOfALibrary(long seed) {
        JsonBytes ours = new JsonBytes();
        ByteArrayOutputStream theirs = new ByteArrayOutputStream();
        try (JsonGenerator library = new JsonFactory()
                .createGenerator(ObjectWriteContext.empty(), theirs)) {
            value(new Random(seed), 0, ours, library);
        }
        assertThat(new String(ours.toArray(), StandardCharsets.UTF_8))
                .isEqualTo(theirs.toString(StandardCharsets.UTF_8));
        assertThat(ours.toArray()).isEqualTo(theirs.toByteArray());
    }

    private static void value(Random random, int depth, JsonBytes ours, JsonGenerator theirs) {
        switch (random.nextInt(depth < 4 ? 8 : 6)) {
            case 0 -> {
                String text = text(random);
                ours.text(text);
                theirs.writeString(text);
            }
            case 1 -> {
                long number = random.nextLong() >> random.nextInt(64);
                ours.number(number);
                theirs.writeNumber(number);
            }
            case 2 -> {
                boolean flag = random.nextBoolean();
                ours.flag(flag);
                theirs.writeBoolean(flag);
            }
            case 3 -> {
                ours.nothing();
                theirs.writeNull();
            }
            case 4 -> {
                double number = random.nextGaussian() * Math.pow(10, random.nextInt(40) - 20);
                ours.raw(Double.toString(number));
                theirs.writeNumber(number);
            }
            case 5 -> {
                byte[] text = "2026-03-01T12:00:00.000Z".getBytes(StandardCharsets.US_ASCII);
                ours.plain(text);
                theirs.writeUTF8String(text, 0, text.length);
            }
            case 6 -> {
                ours.begin('[');
                theirs.writeStartArray();
                for (int left = random.nextInt(20); left > 0; left--) {
                    value(random, depth + 1, ours, theirs);
                }
                ours.end(']');
                theirs.writeEndArray();
            }
            default -> {
                ours.begin('{');
                theirs.writeStartObject();
                for (int left = random.nextInt(20); left > 0; left--) {
                    String name = text(random);
                    ours.name(name);
                    theirs.writeName(name);
                    value(random, depth + 1, ours, theirs);
                }
                ours.end('}');
                theirs.writeEndObject();
            }
        }
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        int common = random.nextInt(PARTS.size()) + 1;
        for (int left = random.nextInt(random.nextInt(50) == 0 ? 10_000 : 30); left > 0; left--) {
            text.append(PARTS.get(random.nextInt(common)));
        }
        return text.toString();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 9, 10, 99, 100, -1, -10, Long.MAX_VALUE, Long.MIN_VALUE})
    void numbers_areTheirDigits(long number) {
        JsonBytes json = new JsonBytes();
        json.number(number);
        assertThat(json.toArray()).asString(StandardCharsets.UTF_8)
                .isEqualTo(Long.toString(number));
    }

    @Test
    void halfACharacter_becomesTheReplacement() {
        JsonBytes json = new JsonBytes();
        json.text("a\ud83d" + "b\ude00");
        assertThat(json.toArray()).asString(StandardCharsets.UTF_8).isEqualTo("\"a\ufffdb\ufffd\"");
    }
}
