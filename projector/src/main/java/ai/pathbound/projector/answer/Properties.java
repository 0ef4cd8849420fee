package ai.pathbound.projector.answer;

import ai.pathbound.schemas.change.PropertyValue;
import java.util.Map;
import java.util.Optional;

/// Reading open properties.
final class Properties {
    private Properties() {}

    /// The property's text; empty when it is absent or of another type.
    static Optional<String> text(Map<String, PropertyValue> properties, String name) {
        PropertyValue value = properties.get(name);
        return value != null && value.getValue() instanceof String text
                ? Optional.of(text)
                : Optional.empty();
    }
}
