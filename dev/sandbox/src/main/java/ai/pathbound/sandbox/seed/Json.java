package ai.pathbound.sandbox.seed;

import ai.pathbound.schemas.change.PropertySource;
import ai.pathbound.schemas.change.PropertyValue;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Short spellings for open properties.
final class Json {
    private Json() {}

    static PropertyValue value(@Nullable Object value) {
        return new PropertyValue(value);
    }

    static PropertyValue list(List<?> values) {
        return new PropertyValue(values.stream().map(Json::value).toList());
    }

    static PropertyValue object(Map<String, ?> values) {
        Map<String, PropertyValue> wrapped = new LinkedHashMap<>();
        values.forEach((name, value) -> wrapped.put(name, value(value)));
        return new PropertyValue(wrapped);
    }

    static Map<String, PropertySource> from(Map<String, PropertyValue> properties,
            String source,
            Instant at) {
        Map<String, PropertySource> sources = new LinkedHashMap<>();
        properties.keySet().forEach(name -> sources.put(name, new PropertySource(source, at)));
        return sources;
    }
}
