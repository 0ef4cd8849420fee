package ai.pathbound.schemas.codec;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.message.BinaryMessageEncoder;
import org.jspecify.annotations.Nullable;

/// Records of any schema, filled by chance. Walking the schema reaches each branch of each union,
/// so no list of record types or property types has to be kept here.
final class Generated {
    private static final int DEPTH_MAX = 12;

    private final Random random;

    Generated(long seed) {
        random = new Random(seed);
    }

    /// One record of this schema in single-object encoding, as Avro itself writes it.
    byte[] bytes(Schema schema) {
        GenericData.Record record = record(schema, 0);
        var out = new ByteArrayOutputStream();
        try {
            new BinaryMessageEncoder<GenericData.Record>(GenericData.get(), schema)
                    .encode(record, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private GenericData.Record record(Schema schema, int depth) {
        var record = new GenericData.Record(schema);
        for (Schema.Field field : schema.getFields()) {
            record.put(field.pos(), value(field.schema(), depth + 1));
        }
        return record;
    }

    private @Nullable Object value(Schema schema, int depth) {
        return switch (schema.getType()) {
            case RECORD -> record(schema, depth);
            case UNION -> value(branch(schema, depth), depth);
            case ARRAY -> list(schema.getElementType(), depth);
            case MAP -> map(schema.getValueType(), depth);
            case ENUM -> new GenericData.EnumSymbol(schema, pick(schema.getEnumSymbols()));
            case STRING -> text();
            case BYTES -> ByteBuffer.wrap(text().getBytes(StandardCharsets.UTF_8));
            case LONG -> random.nextLong();
            case INT -> random.nextInt();
            case DOUBLE -> random.nextDouble() * 1e9;
            case BOOLEAN -> random.nextBoolean();
            case NULL -> null;
            case FLOAT, FIXED -> throw new IllegalArgumentException("not used: " + schema);
        };
    }

    /// Deep inside, only the first branch, which is flat in every union of ours.
    private Schema branch(Schema union, int depth) {
        return depth > DEPTH_MAX ? union.getTypes().getFirst() : pick(union.getTypes());
    }

    private List<@Nullable Object> list(Schema items, int depth) {
        List<@Nullable Object> list = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            list.add(value(items, depth + 1));
        }
        return list;
    }

    private Map<String, @Nullable Object> map(Schema values, int depth) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            map.put(text(), value(values, depth + 1));
        }
        return map;
    }

    private String text() {
        return random.ints(random.nextInt(12), 0, 4)
                .mapToObj(i -> List.of("a", "é", "\u0000", "\uD83D\uDE00").get(i))
                .reduce("", String::concat);
    }

    private <E> E pick(List<E> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
