package ai.pathbound.projector.columns.query;

import ai.pathbound.projector.columns.Part;
import ai.pathbound.projector.columns.TableView;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Part answers of runs of sealed segments. A run is named by the stamps of its parts, so an answer is
/// used only for exactly the rows, dead ones included, that it was made of.
///
/// A question to a table is remembered from the second time on: most questions are asked once.
final class AnswerMemory {
    /// An answer that leaves room for fewer others would drive out many.
    private static final int RUNS_MIN = 64;
    private static final int WHOLES_MIN = 8;

    private final QueryCache cache;
    private final AtomicLong lastName = new AtomicLong();

    AnswerMemory(QueryCache cache) {
        this.cache = cache;
    }

    /// What an answer of a part depends on, beside the part.
    interface Question {
        /// About its own size.
        long bytes();
    }

    private record Asked(long table, Question question) implements QueryCache.Key<State> {
        @Override
        public QueryCache.Area area() {
            return QueryCache.Area.QUESTIONS;
        }
    }

    /// @param name of the question, under which its answers are kept
    private record State(long name, Often often) {}

    private enum Often {
        ONCE, OFTEN, TOO_LARGE
    }

    private record Run(long question, List<Long> stamps) implements QueryCache.Key<GroupTable> {
        @Override
        public QueryCache.Area area() {
            return QueryCache.Area.PART_ANSWERS;
        }
    }

    private record All(long question) implements QueryCache.Key<Whole> {
        @Override
        public QueryCache.Area area() {
            return QueryCache.Area.WHOLE_ANSWERS;
        }
    }

    /// What of a question to look up and keep.
    enum Keeping {
        NOTHING, RUNS_AND_WHOLE, WHOLE
    }

    /// Notes that the question is asked of a table, and says what is kept of it.
    Of asked(TableView view, Question question) {
        if (cache.keepsNothing()) {
            return new Of(null, 0, Keeping.NOTHING);
        }
        Asked asked = new Asked(view.table(), question);
        State state = cache.find(asked).orElse(null);
        if (state == null) {
            note(asked, new State(lastName.incrementAndGet(), Often.ONCE));
            return new Of(null, 0, Keeping.NOTHING);
        }
        return switch (state.often()) {
            case ONCE -> {
                note(asked, new State(state.name(), Often.OFTEN));
                yield new Of(asked, state.name(), Keeping.RUNS_AND_WHOLE);
            }
            case OFTEN -> new Of(asked, state.name(), Keeping.RUNS_AND_WHOLE);
            case TOO_LARGE -> new Of(asked, state.name(), Keeping.WHOLE);
        };
    }

    private void note(Asked asked, State state) {
        long bytes = asked.question().bytes();
        if (cache.hasRoomFor(RUNS_MIN, bytes)) {
            cache.keep(asked, state, bytes);
        }
    }

    /// What is remembered of one question to one table.
    final class Of {
        private final @Nullable Asked asked;
        private final long name;
        private final Keeping keeping;

        private Of(@Nullable Asked asked, long name, Keeping keeping) {
            this.asked = asked;
            this.name = name;
            this.keeping = keeping;
        }

        Keeping keeping() {
            return keeping;
        }

        Optional<GroupTable> find(List<Part> parts) {
            return asked == null ? Optional.empty() : cache.find(new Run(name, stamps(parts)));
        }

        /// The answer over all sealed parts, as last found.
        Optional<Whole> whole() {
            return asked == null ? Optional.empty() : cache.find(new All(name));
        }

        /// Keeps the answer of all sealed parts; nobody may change it any more.
        void keepWhole(List<Part> parts, GroupTable answer) {
            long bytes = answer.retainedBytes() + 8L * parts.size();
            if (asked != null && cache.hasRoomFor(WHOLES_MIN, bytes)) {
                cache.keep(new All(name), new Whole(parts, answer), bytes);
            }
        }

        /// Keeps the answer of a run; nobody may change it any more. If it is large, only whole answers
        /// of this question are kept from now on.
        void keep(List<Part> parts, GroupTable answer) {
            if (asked == null) {
                return;
            }
            long bytes = answer.retainedBytes() + 24L * parts.size();
            if (cache.hasRoomFor(RUNS_MIN, bytes)) {
                cache.keep(new Run(name, stamps(parts)), answer, bytes);
            } else {
                note(asked, new State(name, Often.TOO_LARGE));
            }
        }
    }

    /// An answer and the stamps of the parts it was made of.
    static final class Whole {
        private final long[] stamps;
        private final GroupTable answer;

        private Whole(List<Part> parts, GroupTable answer) {
            this.stamps = parts.stream().mapToLong(Part::stamp).toArray();
            this.answer = answer;
        }

        int parts() {
            return stamps.length;
        }

        GroupTable answer() {
            return answer;
        }

        /// Whether these parts begin with those of the answer, rows that died since included.
        boolean isStartOf(List<Part> parts) {
            if (stamps.length > parts.size()) {
                return false;
            }
            for (int i = 0; i < stamps.length; i++) {
                if (parts.get(i).stamp() != stamps[i]) {
                    return false;
                }
            }
            return true;
        }
    }

    private static List<Long> stamps(List<Part> parts) {
        return parts.stream().map(Part::stamp).toList();
    }
}
