package ai.pathbound.projector.answer;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// Names that a mistyped one may stand for.
final class Nearest {
    private static final int SHOWN = 3;

    private Nearest() {}

    /// A sentence part naming the nearest of the known names; empty when none is near.
    static String hint(String name, Collection<String> known) {
        int far = Math.max(2, name.length() / 3);
        String lower = name.toLowerCase(Locale.ROOT);
        List<String> near = known.stream()
                .filter(
                        other -> distance(lower, other.toLowerCase(Locale.ROOT)) <= far
                                || other.toLowerCase(Locale.ROOT).contains(lower))
                .sorted(Comparator.comparingInt(other -> distance(lower, other)))
                .limit(SHOWN)
                .toList();
        return near.isEmpty()
                ? "; known are " + String.join(", ", known.stream().limit(40).toList())
                : "; did you mean " + String.join(", ", near) + "?";
    }

    /// Levenshtein distance (https://doi.org/10.1145/321796.321811, Wagner and Fischer 1974).
    private static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int change = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[row.length - 1];
    }
}
