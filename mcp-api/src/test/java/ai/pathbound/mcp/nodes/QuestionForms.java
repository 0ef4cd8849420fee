package ai.pathbound.mcp.nodes;

import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Records made of their components alone: every value filled with something, or with nothing where
/// it may be absent.
final class QuestionForms {
    private QuestionForms() {}

    /// One record.
    ///
    /// @param full whether what may be absent is there
    static <T> T sample(Class<T> type, boolean full) {
        try {
            RecordComponent[] parts = type.getRecordComponents();
            Object[] values = new Object[parts.length];
            for (int i = 0; i < parts.length; i++) {
                values[i] = value(parts[i].getGenericType(), full);
            }
            Constructor<T> constructor = type.getDeclaredConstructor(
                    Arrays.stream(parts).map(RecordComponent::getType).toArray(Class[]::new));
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object value(Type type, boolean full) {
        if (type instanceof ParameterizedType generic) {
            Type of = generic.getActualTypeArguments()[0];
            if (generic.getRawType() == Optional.class) {
                return full ? Optional.of(value(of, true)) : Optional.empty();
            }
            List<Object> values = full ? List.of(value(of, true), value(of, false)) : List.of();
            return generic.getRawType() == Set.class ? Set.copyOf(values) : values;
        }
        if (!(type instanceof Class<?> plain)) {
            throw new IllegalStateException("no sample of " + type);
        }
        if (plain.isRecord()) {
            return sample(plain, full);
        }
        if (plain.isEnum()) {
            return plain.getEnumConstants()[full ? plain.getEnumConstants().length - 1 : 0];
        }
        return switch (plain.getSimpleName()) {
            case "String" -> full ? "text \"ü\" \u0001" : "";
            case "int", "Integer" -> full ? 7 : 1;
            case "boolean", "Boolean" -> full;
            case "Instant" -> Instant.parse("2026-11-23T13:52:46.880123Z");
            case "ZoneId" -> ZoneId.of("Europe/Berlin");
            // Values of conditions: texts, whole numbers, numbers, flags.
            case "Object" -> full ? 1.5 : 7L;
            default -> throw new IllegalStateException("no sample of " + plain);
        };
    }

    /// Names and types of a record's components, and of the records among them.
    static String shape(Type type) {
        if (type instanceof ParameterizedType generic) {
            String raw = generic.getRawType() == Optional.class ? "?" : "*";
            return shape(generic.getActualTypeArguments()[0]) + raw;
        }
        Class<?> plain = (Class<?>) type;
        if (plain.isRecord()) {
            return Arrays.stream(plain.getRecordComponents())
                    .map(part -> part.getName() + ":" + shape(part.getGenericType()))
                    .collect(Collectors.joining(" ", "{", "}"));
        }
        return plain.isEnum()
                ? Arrays.stream(plain.getEnumConstants())
                        .map(constant -> ((Enum<?>) constant).name())
                        .collect(Collectors.joining("|"))
                : plain.getSimpleName();
    }
}
