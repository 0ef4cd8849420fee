package ai.pathbound.mcp.tools;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One argument of a tool: what its schema says and what the check holds it to, in one place.
///
/// @param allowed the only values, or empty for any
/// @param min smallest number, or fewest items
/// @param max largest number, most characters, or most items
/// @param fallback the value when the argument is absent
/// @param aliases other names that are accepted without being advertised
record Parameter(String name,
        Kind kind,
        String description,
        boolean required,
        List<String> allowed,
        int min,
        int max,
        Optional<Object> fallback,
        List<String> aliases) {
    /// Most characters of an item; items are ids.
    static final int ITEM_LENGTH_MAX = 200;

    /// What a value can be.
    enum Kind {
        TEXT, INTEGER, BOOLEAN, TIME, TEXTS, OBJECT, LIST
    }

    static Parameter text(String name, String description) {
        return new Parameter(name, Kind.TEXT, description, false, List.of(), 1, 500,
                Optional.empty(), List.of());
    }

    static Parameter word(String name, String description, String... allowed) {
        return new Parameter(name, Kind.TEXT, description, false, List.of(allowed), 1, 100,
                Optional.empty(), List.of());
    }

    static Parameter integer(String name, String description, int min, int max, int fallback) {
        return new Parameter(name, Kind.INTEGER, description, false, List.of(), min, max,
                Optional.of(fallback), List.of());
    }

    static Parameter integer(String name, String description, int min, int max) {
        return new Parameter(name, Kind.INTEGER, description, false, List.of(), min, max,
                Optional.empty(), List.of());
    }

    static Parameter flag(String name, String description) {
        return new Parameter(name, Kind.BOOLEAN, description, false, List.of(), 0, 0,
                Optional.empty(), List.of());
    }

    static Parameter time(String name, String description) {
        return new Parameter(name, Kind.TIME, description, false, List.of(), 1, 40,
                Optional.empty(), List.of());
    }

    static Parameter texts(String name, String description, int min, int max) {
        return new Parameter(name, Kind.TEXTS, description, false, List.of(), min, max,
                Optional.empty(), List.of());
    }

    static Parameter object(String name, String description) {
        return new Parameter(name, Kind.OBJECT, description, false, List.of(), 0, 100,
                Optional.empty(), List.of());
    }

    /// An array of objects, whose members the tool itself looks at.
    static Parameter list(String name, String description, int max) {
        return new Parameter(name, Kind.LIST, description, false, List.of(), 0, max,
                Optional.empty(), List.of());
    }

    Parameter mandatory() {
        return new Parameter(name, kind, description, true, allowed, min, max, fallback, aliases);
    }

    Parameter upTo(int characters) {
        return new Parameter(name, kind, description, required, allowed, min, characters, fallback,
                aliases);
    }

    Parameter or(Object value) {
        return new Parameter(name, kind, description, required, allowed, min, max,
                Optional.of(value), aliases);
    }

    Parameter alias(String... names) {
        return new Parameter(name, kind, description, required, allowed, min, max, fallback,
                List.of(names));
    }

    /// The JSON schema of the value.
    Map<String, Object> schema() {
        Map<String, Object> schema = new LinkedHashMap<>();
        switch (kind) {
            case TEXT -> {
                schema.put("type", "string");
                if (!allowed.isEmpty()) {
                    schema.put("enum", allowed);
                } else {
                    schema.put("maxLength", max);
                }
            }
            case TIME -> schema.put("type", "string");
            case INTEGER -> {
                schema.put("type", "integer");
                schema.put("minimum", min);
                schema.put("maximum", max);
            }
            case BOOLEAN -> schema.put("type", "boolean");
            case TEXTS -> {
                schema.put("type", "array");
                schema.put("items", Map.of("type", "string", "maxLength", ITEM_LENGTH_MAX));
                schema.put("minItems", min);
                schema.put("maxItems", max);
            }
            case OBJECT -> schema.put("type", "object");
            case LIST -> {
                schema.put("type", "array");
                schema.put("items", Map.of("type", "object"));
                schema.put("maxItems", max);
            }
        }
        fallback.ifPresent(value -> schema.put("default", value));
        schema.put("description", description);
        return schema;
    }
}
