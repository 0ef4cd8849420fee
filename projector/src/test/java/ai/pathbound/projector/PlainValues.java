package ai.pathbound.projector;

import ai.pathbound.schemas.change.PropertyValue;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Values of fields: texts, numbers (a whole one is always a `Long`), booleans, times, and JSON.
final class PlainValues {
    /// A list or an object as its JSON.
    record Nested(String json) {}

    /// Numbers, times, booleans, texts by lower case and then exactly, JSON.
    static final Comparator<Object> ORDER = Comparator.comparingInt(PlainValues::rank)
            .thenComparing(PlainValues::compareSame);

    private static final DateTimeFormatter TIME = DateTimeFormatter
            .ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'")
            .withZone(ZoneOffset.UTC);

    private PlainValues() {}

    static @Nullable Object of(@Nullable Object value) {
        return switch (value) {
            case Double number when number == Math.rint(number) -> (long) (double) number;
            case Collection<?> items -> new Nested(nested(items));
            case Map<?, ?> members -> new Nested(nested(members));
            case null, default -> value;
        };
    }

    private static String nested(@Nullable Object value) {
        return switch (value) {
            case PropertyValue wrapped -> nested(wrapped.getValue());
            case Collection<?> items -> items.stream()
                    .map(PlainValues::nested)
                    .collect(Collectors.joining(",", "[", "]"));
            case Map<?, ?> members -> new TreeMap<>(members).entrySet()
                    .stream()
                    .map(member -> "\"" + member.getKey() + "\":" + nested(member.getValue()))
                    .collect(Collectors.joining(",", "{", "}"));
            case null, default -> json(Optional.ofNullable(value));
        };
    }

    /// As it stands in answers.
    static String json(Optional<?> value) {
        return switch (value.orElse(null)) {
            case null -> "null";
            case Instant at -> "\"" + TIME.format(at) + "\"";
            case String text -> "\"" + text + "\"";
            case Nested(String json) -> json;
            case Object number -> number.toString();
        };
    }

    static boolean isNumber(Object value) {
        return value instanceof Number;
    }

    static BigDecimal decimal(Object number) {
        return new BigDecimal(number.toString());
    }

    private static int rank(Object value) {
        return switch (value) {
            case Number _ -> 0;
            case Instant _ -> 1;
            case Boolean _ -> 2;
            case String _ -> 3;
            default -> 4;
        };
    }

    private static int compareSame(Object one, Object other) {
        return switch (one) {
            case Number number -> decimal(number).compareTo(decimal(other));
            case Instant at -> at.compareTo((Instant) other);
            case Boolean truth -> truth.compareTo((Boolean) other);
            default -> {
                Comparator<String> order = Comparator
                        .comparing((String text) -> text.toLowerCase(Locale.ROOT))
                        .thenComparing(Comparator.naturalOrder());
                yield order.compare(one.toString(), other.toString());
            }
        };
    }
}
