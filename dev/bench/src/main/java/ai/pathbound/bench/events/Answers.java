package ai.pathbound.bench.events;

import ai.pathbound.projector.columns.Value;
import ai.pathbound.projector.columns.query.GroupResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Spells answers of both sides alike, so that they can be compared.
final class Answers {
    private static final String MISSING = "∅";

    private Answers() {}

    /// Groups in their order: key, then metrics.
    static List<List<String>> rows(GroupResult result) {
        List<List<String>> rows = new ArrayList<>();
        for (GroupResult.Group group : result.groups()) {
            List<String> row = new ArrayList<>();
            group.key().forEach(value -> row.add(spelled(value)));
            group.metrics().forEach(value -> row.add(spelled(value)));
            rows.add(row);
        }
        return rows;
    }

    private static String spelled(Optional<Value> value) {
        return value.map(there -> switch (there) {
            case Value.Text(String text) -> text;
            case Value.Json(String text) -> text;
            case Value.Whole(long number) -> Long.toString(number);
            case Value.Floating(double number) -> spelled(number);
            case Value.Bool(boolean truth) -> Boolean.toString(truth);
            case Value.Time(long millis) -> Long.toString(millis);
        }).orElse(MISSING);
    }

    static String spelled(@Nullable Object value) {
        return switch (value) {
            case null -> MISSING;
            case Double number -> spelled(number.doubleValue());
            default -> value.toString();
        };
    }

    private static String spelled(double number) {
        return number == Math.rint(number)
                ? Long.toString((long) number)
                : String.format(Locale.ROOT, "%.6f", number);
    }
}
