package ai.pathbound.projector.tables;

import ai.pathbound.projector.columns.Cells;
import ai.pathbound.projector.columns.Value;
import ai.pathbound.projector.state.Change;
import ai.pathbound.schemas.change.PropertyValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// Gathers the cells of one row after the other by name; what has no value is left out. Not safe for
/// several threads.
final class ColumnRow {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant END = Instant.parse("+10000-01-01T00:00:00Z");

    private final Cells cells = new Cells();

    /// Begins the next row.
    void begin() {
        cells.clear();
    }

    Cells cells() {
        return cells;
    }

    void text(String name, @Nullable String text) {
        if (text != null && !text.isEmpty()) {
            cells.put(name, Value.text(text));
        }
    }

    /// A time beyond the years 0 to 9999 is no value: calendars do not go everywhere a `long` does.
    void time(String name, @Nullable Instant at) {
        if (at != null && !at.isBefore(FIRST) && at.isBefore(END)) {
            cells.put(name, Value.time(at));
        }
    }

    void flag(String name, boolean flag) {
        cells.put(name, Value.bool(flag));
    }

    void whole(String name, long number) {
        cells.put(name, Value.number(number));
    }

    /// The texts of a list's cell.
    static List<String> texts(String list) {
        List<String> texts = new ArrayList<>();
        JSON.readTree(list).forEach(text -> texts.add(text.stringValue()));
        return texts;
    }

    /// A list of texts, of which members can be asked for.
    void list(String name, Collection<String> texts) {
        if (!texts.isEmpty()) {
            cells.put(name, Value.json(JSON.writeValueAsString(texts)));
        }
    }

    void properties(PropertyColumns columns, Map<String, PropertyValue> properties) {
        properties.forEach((name, value) -> property(columns.of(name), value.getValue()));
    }

    void property(String column, @Nullable Object value) {
        value(value).ifPresent(cell -> cells.put(column, cell));
    }

    /// The cell of a property: lists and objects as JSON with sorted keys, so that equal ones are equal
    /// texts; an empty text, null and numbers JSON has no word for are no value.
    private static Optional<Value> value(@Nullable Object value) {
        return switch (value) {
            case null -> Optional.empty();
            case String text when text.isEmpty() -> Optional.empty();
            case String text -> Optional.of(Value.text(text));
            case Boolean flag -> Optional.of(Value.bool(flag));
            case Long number -> Optional.of(Value.number(number));
            case Double number when !Double.isFinite(number) -> Optional.empty();
            case Double number -> Optional.of(Value.number(number));
            default -> Optional.of(
                    Value.json(JSON.writeValueAsString(plain(value, Change.PROPERTY_DEPTH_MAX))));
        };
    }

    /// @param levels of lists and objects that are kept; documents of earlier versions have more
    private static @Nullable Object plain(@Nullable Object value, int levels) {
        return switch (value) {
            case null -> null;
            case PropertyValue wrapped -> plain(wrapped.getValue(), levels);
            case Collection<?> _ when levels == 0 -> null;
            case Map<?, ?> _ when levels == 0 -> null;
            case Collection<?> items -> items.stream()
                    .map(item -> plain(item, levels - 1))
                    .toList();
            case Map<?, ?> fields -> {
                Map<String, @Nullable Object> sorted = new TreeMap<>();
                fields.forEach(
                        (name, item) -> sorted.put(name.toString(), plain(item, levels - 1)));
                yield sorted;
            }
            default -> value;
        };
    }
}
