package ai.pathbound.schemas.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SchemaHistoryTest {
    @ParameterizedTest(name = "{0}")
    @MethodSource("ai.pathbound.schemas.codec.Published#all")
    void currentSchemaIsTheNewestPublished(Published type) {
        assertThat(SchemaHistory.of(type.current().getName()).getLast())
                .isEqualTo(withoutStringTypes(type.current()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ai.pathbound.schemas.codec.Published#all")
    void currentSchemaReadsEveryPublishedOne(Published type) {
        assertThat(type.history()).isNotEmpty().allSatisfy(writer -> {
            var compatibility = SchemaCompatibility
                    .checkReaderWriterCompatibility(type.current(), writer);
            assertThat(compatibility.getType()).as(compatibility.getDescription())
                    .isEqualTo(SchemaCompatibilityType.COMPATIBLE);
        });
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ai.pathbound.schemas.codec.Published#all")
    void recordsOfEveryPublishedVersionStillRead(Published type) {
        for (Schema writer : type.history()) {
            for (long seed = 0; seed < 50; seed++) {
                byte[] bytes = new Generated(seed).bytes(writer);
                assertThatCode(() -> type.codec().decode(bytes)).as("seed %d", seed)
                        .doesNotThrowAnyException();
            }
        }
    }

    /// The generator notes in the schema that strings are Java's; that is no part of the contract.
    private static Schema withoutStringTypes(Schema schema) {
        String text = schema.toString()
                .replace("{\"type\":\"string\",\"avro.java.string\":\"String\"}", "\"string\"")
                .replace(",\"avro.java.string\":\"String\"", "");
        return new Schema.Parser().parse(text);
    }
}
