package ai.pathbound.projector.columns.query;

import ai.pathbound.projector.columns.Part;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.List;
import java.util.Optional;

/// Part answers of runs of sealed segments, up to a budget of bytes. A run is named by the stamps of its
/// parts, so an answer is used only for exactly the rows, dead ones included, that it was made of.
///
/// A question is remembered from the second time on: most questions are asked once.
final class AnswerMemory {
    private static final int QUESTIONS_MAX = 1_000;
    /// An answer above this share of the budget would drive out many others.
    private static final int RUN_SHARE_MIN = 64;
    private static final int WHOLE_SHARE_MIN = 8;

    private final long bytesMax;
    private final Cache<Key, GroupTable> answers;
    private final Cache<Object, Whole> wholes;
    private final Cache<Object, Asked> questions;

    AnswerMemory(long bytesMax) {
        this.bytesMax = bytesMax;
        this.wholes = Caffeine.newBuilder()
                .maximumWeight(bytesMax / 2)
                .weigher(
                        (Object _, Whole whole) -> Math.toIntExact(
                                whole.answer().retainedBytes() + 200 + 8L * whole.parts()))
                .build();
        this.answers = Caffeine.newBuilder()
                .maximumWeight(bytesMax - bytesMax / 2)
                .weigher(
                        (Key key, GroupTable table) -> Math
                                .toIntExact(
                                        table.retainedBytes() + 200 + 24L * key.stamps().size()))
                .build();
        this.questions = Caffeine.newBuilder().maximumSize(QUESTIONS_MAX).build();
    }

    private record Key(Object question, List<Long> stamps) {}

    private enum Asked {
        ONCE, OFTEN, TOO_LARGE
    }

    /// What of a question to look up and keep.
    enum Keeping {
        NOTHING, RUNS_AND_WHOLE, WHOLE
    }

    /// Notes that the question is asked, and says what of it to keep.
    Keeping asked(Object question) {
        if (bytesMax == 0) {
            return Keeping.NOTHING;
        }
        Asked asked = questions.getIfPresent(question);
        if (asked == null) {
            questions.put(question, Asked.ONCE);
            return Keeping.NOTHING;
        }
        return switch (asked) {
            case ONCE -> {
                questions.put(question, Asked.OFTEN);
                yield Keeping.RUNS_AND_WHOLE;
            }
            case OFTEN -> Keeping.RUNS_AND_WHOLE;
            case TOO_LARGE -> Keeping.WHOLE;
        };
    }

    Optional<GroupTable> find(Object question, List<Part> parts) {
        return Optional.ofNullable(answers.getIfPresent(new Key(question, stamps(parts))));
    }

    /// The answer of a question over all sealed parts, as last found.
    Optional<Whole> whole(Object question) {
        return Optional.ofNullable(wholes.getIfPresent(question));
    }

    /// Keeps the answer of all sealed parts; nobody may change it any more.
    void keepWhole(Object question, List<Part> parts, GroupTable answer) {
        if (answer.retainedBytes() <= bytesMax / WHOLE_SHARE_MIN) {
            wholes.put(question, new Whole(parts, answer));
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

    /// Keeps the answer of a run; nobody may change it any more. If it is large, only whole answers of
    /// this question are kept from now on.
    void keep(Object question, List<Part> parts, GroupTable answer) {
        if (answer.retainedBytes() > bytesMax / RUN_SHARE_MIN) {
            questions.put(question, Asked.TOO_LARGE);
        } else {
            answers.put(new Key(question, stamps(parts)), answer);
        }
    }

    private static List<Long> stamps(List<Part> parts) {
        return parts.stream().map(Part::stamp).toList();
    }

    long retainedBytes() {
        return retainedBytes(answers) + retainedBytes(wholes);
    }

    private static long retainedBytes(Cache<?, ?> cache) {
        return cache.policy()
                .eviction()
                .map(eviction -> eviction.weightedSize().orElse(0))
                .orElse(0L);
    }
}
