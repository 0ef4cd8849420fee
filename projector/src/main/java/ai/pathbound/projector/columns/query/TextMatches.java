package ai.pathbound.projector.columns.query;

import ai.pathbound.projector.columns.Dictionary;
import ai.pathbound.projector.columns.Kind;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/// Which texts of a dictionary a test accepts, remembered. A dictionary only grows, so what was found
/// stays true and only texts added since are tested.
final class TextMatches {
    /// Codes a thread tests at once.
    private static final int RUN_CODES = 1 << 15;

    private final QueryCache cache;
    private final Workers workers;

    TextMatches(QueryCache cache, Workers workers) {
        this.cache = cache;
        this.workers = workers;
    }

    private record Key(long dictionary, Kind kind, Matcher matcher)
            implements
                QueryCache.Key<Found> {
        @Override
        public QueryCache.Area area() {
            return QueryCache.Area.TEXT_MATCHES;
        }
    }

    /// @param size texts tested
    private record Found(int size, CodeSet codes) {}

    /// Codes after `after` up to `last`.
    private record Run(int after, int last) {}

    CodeSet of(Matchers.OfText matcher, Kind kind, Dictionary dictionary) {
        Key key = new Key(dictionary.id(), kind, matcher);
        Found before = cache.find(key).orElse(null);
        int size = dictionary.size();
        if (before != null && before.size() >= size) {
            return before.codes();
        }
        BitSet codes = before == null ? new BitSet() : before.codes().copy();
        List<Run> runs = new ArrayList<>();
        for (int after = before == null ? 0 : before.size(); after < size; after += RUN_CODES) {
            runs.add(new Run(after, (int) Math.min(size, (long) after + RUN_CODES)));
        }
        workers.split(runs, some -> {
            BitSet accepted = new BitSet();
            some.forEach(
                    run -> matcher
                            .accepted(kind, dictionary, run.after(), run.last(), accepted));
            return accepted;
        }).forEach(codes::or);
        CodeSet set = CodeSet.owning(codes);
        cache.keep(key, new Found(size, set), set.retainedBytes() + Sizes.of(matcher.text()));
        return set;
    }
}
