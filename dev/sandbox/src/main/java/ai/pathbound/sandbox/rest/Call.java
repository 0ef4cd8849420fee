package ai.pathbound.sandbox.rest;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// One authenticated request: its caller, path variables, parameters and body.
record Call(Access access,
        Map<String, String> path,
        Map<String, String> query,
        String body,
        Optional<String> idempotencyKey,
        String target,
        Instant now) {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Set<String> BOOLEANS = Set.of("true", "false");
    private static final int LIMIT_DEFAULT = 20;
    private static final int LIMIT_MAX = 100;

    String tenant() {
        return access.tenant();
    }

    String id() {
        return variable("id");
    }

    String variable(String name) {
        String value = path.get(name);
        if (value == null) {
            throw new IllegalStateException("no path variable " + name);
        }
        return value;
    }

    Optional<String> text(String name) {
        return Optional.ofNullable(query.get(name)).filter(value -> !value.isEmpty());
    }

    Optional<String> oneOf(String name, List<String> allowed) {
        Optional<String> value = text(name);
        value.filter(v -> !allowed.contains(v)).ifPresent(_ -> {
            throw Refusal.invalid(name, "must be one of " + String.join(", ", allowed));
        });
        return value;
    }

    Optional<Boolean> flag(String name) {
        Optional<String> value = text(name);
        value.filter(v -> !BOOLEANS.contains(v)).ifPresent(_ -> {
            throw Refusal.invalid(name, "must be true or false");
        });
        return value.map(Boolean::parseBoolean);
    }

    boolean isSet(String name) {
        return flag(name).orElse(false);
    }

    boolean summary() {
        return oneOf("fields", List.of("summary")).isPresent();
    }

    boolean provenance() {
        return oneOf("include", List.of("provenance")).isPresent();
    }

    boolean descending() {
        return !oneOf("sort_dir", List.of("asc", "desc")).orElse("desc").equals("asc");
    }

    int page() {
        return number("page", 1, 1_000_000_000, 1);
    }

    int limit() {
        return number("limit", 1, LIMIT_MAX, LIMIT_DEFAULT);
    }

    private int number(String name, int least, int most, int absent) {
        Optional<String> value = text(name);
        if (value.isEmpty()) {
            return absent;
        }
        try {
            int number = Integer.parseInt(value.get());
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Answered below, like a number out of range.
        }
        throw Refusal.invalid(name, "must be a whole number from " + least + " to " + most);
    }

    /// A date parameter; a bare date is its midnight in UTC.
    Optional<Instant> time(String name) {
        return text(name).map(value -> time(name, value));
    }

    static Instant time(String name, String value) {
        try {
            return value.length() == 10
                    ? LocalDate.parse(value).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : OffsetDateTime.parse(value).toInstant();
        } catch (DateTimeParseException e) {
            throw Refusal.invalid(name, "must be an ISO-8601 date or time");
        }
    }

    JsonNode json() {
        try {
            JsonNode node = JSON.readTree(body);
            if (node != null && node.isObject()) {
                return node;
            }
        } catch (JacksonException e) {
            // Answered below, like a body that is no object.
        }
        throw Refusal.invalid("body", "must be a JSON object");
    }

    Optional<String> field(String name) {
        return field(json(), name);
    }

    /// A text field; absent and null are empty, other types are refused.
    static Optional<String> field(JsonNode object, String name) {
        JsonNode value = object.get(name);
        if (value == null || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isString()) {
            throw Refusal.invalid(name, "must be a string");
        }
        return Optional.of(value.asString());
    }

    String required(String name) {
        return field(name).filter(value -> !value.isBlank())
                .orElseThrow(() -> Refusal.invalid(name, "is required"));
    }

    /// A field that is a list of texts, or one text.
    List<String> texts(String name) {
        JsonNode value = json().get(name);
        if (value == null || value.isNull()) {
            return List.of();
        }
        List<String> texts = new ArrayList<>();
        if (value.isString()) {
            texts.add(value.asString());
        } else if (value.isArray()) {
            for (JsonNode item : value) {
                if (!item.isString()) {
                    throw Refusal.invalid(name, "must be strings");
                }
                texts.add(item.asString());
            }
        } else {
            throw Refusal.invalid(name, "must be a string or a list of strings");
        }
        return texts;
    }

    /// The page of a list that is already in order.
    <T> List<T> slice(List<T> all) {
        long from = Math.min(all.size(), (page() - 1L) * limit());
        return all.subList((int) from, (int) Math.min(all.size(), from + limit()));
    }

    Map<String, Object> pagination(long total) {
        Map<String, Object> pagination = new LinkedHashMap<>();
        pagination.put("page", page());
        pagination.put("limit", limit());
        pagination.put("total_pages", (total + limit() - 1) / limit());
        pagination.put("total_items", total);
        return pagination;
    }
}
