package ai.pathbound.mcp.tools;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Output schemas: the main members described, everything else allowed, because properties are open.
final class Shapes {
    static final Map<String, Object> TEXT = Map.of("type", "string");
    static final Map<String, Object> COUNT = Map.of("type", "integer");
    static final Map<String, Object> FLAG = Map.of("type", "boolean");
    static final Map<String, Object> MAYBE_TEXT = Map.of("type", List.of("string", "null"));
    /// How to go on; which form it has depends on the tool.
    static final Map<String, Object> NEXT = Map
            .of("type", List.of("string", "integer", "object", "null"));
    static final Map<String, Object> OPEN = Map.of("type", "object");

    static final Map<String, Object> CONTACT = object(
            "contact_id",
            TEXT,
            "properties",
            OPEN,
            "associations",
            OPEN,
            "created_at",
            MAYBE_TEXT,
            "updated_at",
            MAYBE_TEXT);
    static final Map<String, Object> COMPANY = object(
            "company_id",
            TEXT,
            "properties",
            OPEN,
            "created_at",
            MAYBE_TEXT,
            "updated_at",
            MAYBE_TEXT);
    static final Map<String, Object> EVENT = object(
            "event_id",
            TEXT,
            "event",
            TEXT,
            "timestamp",
            TEXT,
            "url",
            MAYBE_TEXT,
            "data",
            OPEN);
    static final Map<String, Object> NOTE = object(
            "note_id",
            TEXT,
            "content",
            TEXT,
            "created_at",
            MAYBE_TEXT);
    private static final Map<String, Object> PAGINATION = object(
            "page",
            COUNT,
            "limit",
            COUNT,
            "total_pages",
            COUNT,
            "total_items",
            COUNT);

    private Shapes() {}

    /// An object with these members, name and schema in turn; others may be present.
    static Map<String, Object> object(Object... members) {
        Map<String, Object> properties = new LinkedHashMap<>();
        for (int i = 0; i < members.length; i += 2) {
            properties.put((String) members[i], members[i + 1]);
        }
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("properties", properties);
        return schema;
    }

    static Map<String, Object> requiring(Map<String, Object> schema, String... names) {
        Map<String, Object> strict = new LinkedHashMap<>(schema);
        strict.put("required", List.of(names));
        return strict;
    }

    static Map<String, Object> array(Map<String, Object> items) {
        return Map.of("type", "array", "items", items);
    }

    static Map<String, Object> orNull(Map<String, Object> schema) {
        Map<String, Object> open = new LinkedHashMap<>(schema);
        open.put("type", List.of("object", "null"));
        return open;
    }

    /// A page of a list, or the mere count.
    static Map<String, Object> list(String name, Map<String, Object> item) {
        return object(
                name,
                array(item),
                "returned",
                COUNT,
                "total",
                COUNT,
                "truncated",
                FLAG,
                "next",
                NEXT,
                "pagination",
                PAGINATION,
                "count",
                COUNT,
                "unchanged",
                FLAG);
    }
}
