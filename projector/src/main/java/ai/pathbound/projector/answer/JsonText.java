package ai.pathbound.projector.answer;

import ai.pathbound.projector.columns.Value;
import ai.pathbound.projector.query.Json;
import ai.pathbound.schemas.change.PropertyValue;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Writes JSON straight to bytes: no tree, no reflection.
final class JsonText {
    private final JsonBytes json = new JsonBytes();

    private JsonText() {}

    /// The object whose members the writer writes.
    static Json object(Consumer<JsonText> members) {
        JsonText text = new JsonText();
        text.json.begin('{');
        members.accept(text);
        text.json.end('}');
        return new Json(text.json.toArray());
    }

    void text(String name, @Nullable String value) {
        json.name(name);
        if (value == null) {
            json.nothing();
        } else {
            json.text(value);
        }
    }

    void time(String name, @Nullable Instant at) {
        json.name(name);
        if (at == null) {
            json.nothing();
        } else {
            time(at);
        }
    }

    private void time(Instant at) {
        json.plain(IsoTime.ascii(at));
    }

    void number(String name, long value) {
        json.name(name);
        json.number(value);
    }

    void flag(String name, boolean value) {
        json.name(name);
        json.flag(value);
    }

    void texts(String name, Collection<String> values) {
        json.name(name);
        json.begin('[');
        values.forEach(json::text);
        json.end(']');
    }

    void nothing(String name) {
        json.name(name);
        json.nothing();
    }

    void object(String name, Runnable members) {
        json.name(name);
        json.begin('{');
        members.run();
        json.end('}');
    }

    /// An array of objects, one per item.
    <T> void objects(String name, Iterable<T> items, Consumer<T> members) {
        json.name(name);
        json.begin('[');
        for (T item : items) {
            json.begin('{');
            members.accept(item);
            json.end('}');
        }
        json.end(']');
    }

    /// A cell of a table; JSON texts are written as the JSON they are.
    void value(String name, Optional<Value> value) {
        json.name(name);
        switch (value.orElse(null)) {
            case null -> json.nothing();
            case Value.Text(String text) -> json.text(text);
            case Value.Whole(long number) -> json.number(number);
            case Value.Floating(double number) when !Double.isFinite(number) ->
                json.text(Double.toString(number));
            case Value.Floating(double number) -> json.raw(Double.toString(number));
            case Value.Bool(boolean truth) -> json.flag(truth);
            case Value.Time at -> time(at.instant());
            case Value.Json(String text) -> json.raw(text);
        }
    }

    void properties(String name, Map<String, PropertyValue> properties) {
        json.name(name);
        write(properties);
    }

    private void write(@Nullable Object value) {
        switch (value) {
            case null -> json.nothing();
            case PropertyValue wrapped -> write(wrapped.getValue());
            case String text -> json.text(text);
            case Boolean flag -> json.flag(flag);
            case Long number -> json.number(number);
            // JSON has no word for NaN and the infinities.
            case Double number when !Double.isFinite(number) -> json.nothing();
            case Double number -> json.raw(Double.toString(number));
            case Collection<?> items -> {
                json.begin('[');
                items.forEach(this::write);
                json.end(']');
            }
            case Map<?, ?> fields -> {
                json.begin('{');
                fields.forEach((key, item) -> {
                    json.name(key.toString());
                    write(item);
                });
                json.end('}');
            }
            default -> throw new IllegalStateException(
                    "no JSON for a property of " + value.getClass());
        }
    }
}
