package ai.pathbound.projector.tables;

import java.util.HashMap;
import java.util.Map;

/// Names of the columns of open properties: a prefix and the property's name, put together once.
final class PropertyColumns {
    /// More than a table keeps; beyond it somebody uses names as values.
    private static final int REMEMBERED = 1_000;
    private static final int CHARS_MAX = 200;

    private final String prefix;
    private final Map<String, String> columns = new HashMap<>();

    PropertyColumns(String prefix) {
        this.prefix = prefix;
    }

    String of(String property) {
        if (property.length() > CHARS_MAX) {
            return prefix + property;
        }
        if (columns.size() >= REMEMBERED) {
            columns.clear();
        }
        return columns.computeIfAbsent(property, prefix::concat);
    }
}
