package ai.pathbound.sandbox.rest;

import ai.pathbound.schemas.change.PropertySource;
import ai.pathbound.schemas.change.PropertyValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Open properties between JSON and change records.
final class Properties {
    private Properties() {}

    static PropertyValue read(JsonNode node) {
        return new PropertyValue(plain(node));
    }

    private static @Nullable Object plain(JsonNode node) {
        if (node.isNull()) {
            return null;
        }
        if (node.isBoolean()) {
            return node.asBoolean();
        }
        if (node.isIntegralNumber() && node.canConvertToLong()) {
            return node.asLong();
        }
        if (node.isNumber()) {
            double number = node.doubleValue();
            if (!Double.isFinite(number)) {
                throw Refusal.invalid("properties", "numbers must fit 64 bits");
            }
            return number;
        }
        if (node.isArray()) {
            List<PropertyValue> items = new ArrayList<>();
            node.forEach(item -> items.add(read(item)));
            return items;
        }
        if (node.isObject()) {
            Map<String, PropertyValue> fields = new LinkedHashMap<>();
            node.properties().forEach(field -> fields.put(field.getKey(), read(field.getValue())));
            return fields;
        }
        return node.asString();
    }

    static Map<String, Object> show(Map<String, PropertyValue> properties) {
        Map<String, Object> shown = new LinkedHashMap<>();
        properties.forEach((name, value) -> put(shown, name, show(value.getValue())));
        return shown;
    }

    /// A map of JSON fields may hold nulls.
    @SuppressWarnings("NullAway")
    static void put(Map<String, Object> fields, String name, @Nullable Object value) {
        fields.put(name, value);
    }

    private static @Nullable Object show(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case PropertyValue wrapped -> show(wrapped.getValue());
            case List<?> items -> {
                List<@Nullable Object> shown = new ArrayList<>();
                items.forEach(item -> shown.add(show(item)));
                yield shown;
            }
            case Map<?, ?> fields -> {
                Map<String, @Nullable Object> shown = new LinkedHashMap<>();
                fields.forEach((name, item) -> shown.put(name.toString(), show(item)));
                yield shown;
            }
            default -> value;
        };
    }

    static Optional<String> text(Map<String, PropertyValue> properties, String name) {
        PropertyValue value = properties.get(name);
        return value != null && value.getValue() instanceof String text
                ? Optional.of(text)
                : Optional.empty();
    }

    /// Lays the `properties` object of a body over these; null clears a key.
    static void merge(Map<String, PropertyValue> properties,
            Map<String, PropertySource> sources,
            @Nullable JsonNode changes,
            String source,
            Instant at) {
        if (changes == null || changes.isNull()) {
            return;
        }
        if (!changes.isObject()) {
            throw Refusal.invalid("properties", "must be an object");
        }
        changes.properties().forEach(field -> {
            if (field.getKey().isBlank()) {
                throw Refusal.invalid("properties", "a key must not be blank");
            }
            if (field.getValue().isNull()) {
                properties.remove(field.getKey());
                sources.remove(field.getKey());
            } else {
                properties.put(field.getKey(), read(field.getValue()));
                sources.put(field.getKey(), new PropertySource(source, at));
            }
        });
    }
}
