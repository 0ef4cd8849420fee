package ai.pathbound.projector.answer;

import ai.pathbound.projector.columns.Value;
import ai.pathbound.projector.query.Json;
import ai.pathbound.schemas.change.PropertyValue;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// Writes JSON straight to bytes: no tree, no reflection.
final class JsonText {
    private static final JsonFactory FACTORY = new JsonFactory();

    private final JsonGenerator json;

    private JsonText(JsonGenerator json) {
        this.json = json;
    }

    /// The object whose members the writer writes.
    static Json object(Consumer<JsonText> members) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(4096);
        try (JsonGenerator generator = FACTORY.createGenerator(ObjectWriteContext.empty(), bytes)) {
            generator.writeStartObject();
            members.accept(new JsonText(generator));
            generator.writeEndObject();
        }
        return new Json(bytes.toByteArray());
    }

    void text(String name, @Nullable String value) {
        json.writeName(name);
        if (value == null) {
            json.writeNull();
        } else {
            json.writeString(value);
        }
    }

    void time(String name, @Nullable Instant at) {
        json.writeName(name);
        if (at == null) {
            json.writeNull();
        } else {
            time(at);
        }
    }

    private void time(Instant at) {
        byte[] text = IsoTime.ascii(at);
        json.writeRawUTF8String(text, 0, text.length);
    }

    void number(String name, long value) {
        json.writeName(name);
        json.writeNumber(value);
    }

    void flag(String name, boolean value) {
        json.writeName(name);
        json.writeBoolean(value);
    }

    void texts(String name, Collection<String> values) {
        json.writeName(name);
        json.writeStartArray();
        values.forEach(json::writeString);
        json.writeEndArray();
    }

    void nothing(String name) {
        json.writeName(name);
        json.writeNull();
    }

    void object(String name, Runnable members) {
        json.writeName(name);
        json.writeStartObject();
        members.run();
        json.writeEndObject();
    }

    /// An array of objects, one per item.
    <T> void objects(String name, Iterable<T> items, Consumer<T> members) {
        json.writeName(name);
        json.writeStartArray();
        for (T item : items) {
            json.writeStartObject();
            members.accept(item);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /// A cell of a table; JSON texts are written as the JSON they are.
    void value(String name, Optional<Value> value) {
        json.writeName(name);
        switch (value.orElse(null)) {
            case null -> json.writeNull();
            case Value.Text(String text) -> json.writeString(text);
            case Value.Whole(long number) -> json.writeNumber(number);
            case Value.Floating(double number) -> json.writeNumber(number);
            case Value.Bool(boolean truth) -> json.writeBoolean(truth);
            case Value.Time at -> time(at.instant());
            case Value.Json(String text) -> json.writeRawValue(text);
        }
    }

    void properties(String name, Map<String, PropertyValue> properties) {
        json.writeName(name);
        write(properties);
    }

    private void write(@Nullable Object value) {
        switch (value) {
            case null -> json.writeNull();
            case PropertyValue wrapped -> write(wrapped.getValue());
            case String text -> json.writeString(text);
            case Boolean flag -> json.writeBoolean(flag);
            case Long number -> json.writeNumber(number);
            // JSON has no word for NaN and the infinities.
            case Double number when !Double.isFinite(number) -> json.writeNull();
            case Double number -> json.writeNumber(number);
            case Collection<?> items -> {
                json.writeStartArray();
                items.forEach(this::write);
                json.writeEndArray();
            }
            case Map<?, ?> fields -> {
                json.writeStartObject();
                fields.forEach((key, item) -> {
                    json.writeName(key.toString());
                    write(item);
                });
                json.writeEndObject();
            }
            default -> throw new IllegalStateException(
                    "no JSON for a property of " + value.getClass());
        }
    }
}
