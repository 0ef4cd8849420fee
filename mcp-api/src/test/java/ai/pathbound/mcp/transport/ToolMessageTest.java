package ai.pathbound.mcp.transport;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pathbound.mcp.json.Wire;
import ai.pathbound.mcp.tools.ToolResult;
import ai.pathbound.projector.query.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class ToolMessageTest {
    private static final List<String> PARTS = List
            .of("a", "\"", "\\", "\n", "\u0001", "é", "€", "😀", " ", "/");

    static LongStream seeds() {
        return LongStream.range(0, 100);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void answer_standsTwiceInTheMessage_asJsonAndAsText(long seed) {
        Random random = new Random(seed);
        ObjectNode answer = Wire.MAPPER.createObjectNode();
        for (int left = random.nextInt(30); left > 0; left--) {
            answer.put(text(random), text(random));
        }
        String json = random.nextBoolean()
                ? answer.toString()
                : answer.toPrettyString().replace("\n", "\r\n\t");
        Object id = random.nextBoolean() ? random.nextLong() : text(random);

        Json message = ToolMessage.success(
                id,
                new ToolResult.Success(new Json(json.getBytes(StandardCharsets.UTF_8)),
                        Optional.empty()),
                Map.of("seed", seed),
                random.nextBoolean());

        JsonNode read = Wire.MAPPER.readTree(message.utf8());
        assertThat(read.path("id")).isEqualTo(Wire.MAPPER.valueToTree(id));
        assertThat(read.at("/result/structuredContent")).isEqualTo(answer);
        assertThat(read.at("/result/content/0/text").stringValue())
                .isEqualTo(json.replaceAll("[\\x00-\\x1f]", ""));
        assertThat(read.at("/result/_meta/seed").longValue()).isEqualTo(seed);
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int left = random.nextInt(20); left > 0; left--) {
            text.append(PARTS.get(random.nextInt(PARTS.size())));
        }
        return text.toString();
    }
}
