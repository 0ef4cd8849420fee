package ai.pathbound.bench.report;

import java.util.Locale;

/// One number that was measured.
///
/// @param benchmark what ran
/// @param measure what of it was measured
public record Figure(String benchmark, String measure, double value, String unit, Bar bar) {
    String row() {
        return "| %s | %s | %s %s | %s | %s |".formatted(
                benchmark,
                measure,
                number(value),
                unit,
                bar.text(),
                bar.verdict(value));
    }

    /// Three digits that count; no more are ever repeatable.
    static String number(double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1000) {
            return Long.toString((long) value);
        }
        double size = Math.abs(value);
        int decimals = size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }
}
