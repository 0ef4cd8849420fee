package ai.pathbound.bench.report;

/// What a figure has to reach.
public sealed interface Bar {
    /// Nothing: the figure is there to be known.
    record None() implements Bar {}

    record AtMost(double limit) implements Bar {}

    record AtLeast(double limit) implements Bar {}

    /// How a figure stands to it, as a word of the table.
    default String verdict(double value) {
        return switch (this) {
            case None _ -> "";
            case AtMost(double limit) -> value <= limit ? "reached" : "MISSED";
            case AtLeast(double limit) -> value >= limit ? "reached" : "MISSED";
        };
    }

    default String text() {
        return switch (this) {
            case None _ -> "";
            case AtMost(double limit) -> "≤ " + Figure.number(limit);
            case AtLeast(double limit) -> "≥ " + Figure.number(limit);
        };
    }
}
