package ai.pathbound.mcp.tools;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/// Finds the word somebody probably meant.
final class Spelling {
    private Spelling() {}

    /// The candidate with the fewest edits, if it is near enough to be worth naming.
    static Optional<String> nearest(String word, Collection<String> candidates) {
        String lower = clip(word.toLowerCase(Locale.ROOT));
        Optional<String> best = Optional.empty();
        int fewest = Integer.MAX_VALUE;
        for (String candidate : candidates) {
            String other = candidate.toLowerCase(Locale.ROOT);
            boolean within = lower.length() >= 3
                    && (other.contains(lower) || lower.contains(other));
            int edits = within ? 1 : edits(lower, other);
            if (edits < fewest && edits <= Math.max(2, other.length() / 2)) {
                fewest = edits;
                best = Optional.of(candidate);
            }
        }
        return best;
    }

    /// Levenshtein distance, one row at a time.
    private static int edits(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int swap = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(swap, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }

    /// Long words cost time and are near nothing.
    private static String clip(String word) {
        return word.length() <= 64 ? word : word.substring(0, 64);
    }
}
