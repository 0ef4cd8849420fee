package ai.pathbound.projector.columns.query;

import ai.pathbound.projector.columns.Dictionary;
import ai.pathbound.projector.columns.Kind;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.BitSet;

/// Which texts of a dictionary a test accepts, remembered. A dictionary only grows, so what was found
/// stays true and only texts added since are tested.
final class TextMatches {
    private final long bytesMax;
    private final Cache<Key, Found> found;

    TextMatches(long bytesMax) {
        this.bytesMax = bytesMax;
        this.found = Caffeine.newBuilder()
                .maximumWeight(bytesMax)
                .weigher((Key _, Found some) -> 200 + some.size() / 8)
                .build();
    }

    private record Key(Dictionary dictionary, Kind kind, Matcher matcher) {}

    /// @param size texts tested
    private record Found(int size, CodeSet codes) {}

    CodeSet of(Matchers.OfText matcher, Kind kind, Dictionary dictionary) {
        Key key = new Key(dictionary, kind, matcher);
        Found before = found.getIfPresent(key);
        int size = dictionary.size();
        if (before != null && before.size() >= size) {
            return before.codes();
        }
        BitSet codes = before == null ? new BitSet() : before.codes().copy();
        for (int code = before == null ? 1 : before.size() + 1; code <= size; code++) {
            if (matcher.accepts(kind, dictionary.text(code))) {
                codes.set(code);
            }
        }
        CodeSet set = CodeSet.owning(codes);
        if (bytesMax > 0) {
            found.put(key, new Found(size, set));
        }
        return set;
    }
}
