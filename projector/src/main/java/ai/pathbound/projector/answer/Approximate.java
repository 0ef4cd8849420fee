package ai.pathbound.projector.answer;

import ai.pathbound.projector.columns.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Says of each estimated number of an answer how far it may be off; what is not named there is exact.
final class Approximate {
    private static final double PER_TEN_THOUSAND = 10_000;

    private Approximate() {}

    /// Writes nothing if all is exact.
    ///
    /// @param errors relative standard errors by index of the metric
    /// @param names of the metrics
    static void write(JsonText json, Map<Integer, Double> errors, List<String> names) {
        if (errors.isEmpty()) {
            return;
        }
        json.object("approximate", () -> errors.forEach((metric, error) -> {
            Value rounded = Value
                    .number(Math.rint(error * PER_TEN_THOUSAND) / PER_TEN_THOUSAND);
            json.object(
                    names.get(metric),
                    () -> json.value("relative_standard_error", Optional.of(rounded)));
        }));
    }
}
