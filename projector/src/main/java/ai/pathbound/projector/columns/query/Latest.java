package ai.pathbound.projector.columns.query;

import ai.pathbound.projector.columns.Dictionary;
import ai.pathbound.projector.columns.Kind;
import ai.pathbound.projector.columns.block.LongBlock;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/// The latest time of each text of an operand, as of the newest event of each contact; by code, so that
/// a million contacts take no objects.
public final class Latest {
    private final GroupTable groups;
    private final Dictionary texts;

    /// @param groups by the operand alone, with times as the only numbers
    /// @param texts the operand's dictionary
    Latest(GroupTable groups, Dictionary texts) {
        this.groups = groups;
        this.texts = texts;
    }

    /// The codes whose latest time is before an end.
    CodeSet before(long endMillis) {
        BitSet codes = new BitSet();
        for (int group = 0; group < groups.groups(); group++) {
            long latest = groups.numbers(0).latest(group);
            if (groups.tag(group, 0) == Kind.TEXT.tag() && latest != LongBlock.MISSING
                    && latest < endMillis) {
                codes.set((int) groups.payload(group, 0));
            }
        }
        return CodeSet.owning(codes);
    }

    private long of(int code) {
        int group = groups.findCode(code);
        return group < 0 ? LongBlock.MISSING : groups.numbers(0).latest(group);
    }

    /// A page of texts and how many there are of all pages.
    public record Ranked(List<String> texts, long total) {}

    /// The texts of a table's groups by their latest times, without one last, equally late ones by text.
    ///
    /// @param found groups by a column
    /// @param dictionary the column's; null if it has no texts
    Ranked ranked(GroupTable found,
            @Nullable Dictionary dictionary,
            boolean descending,
            int offset,
            int limit) {
        if (dictionary != null && dictionary != texts) {
            throw new IllegalArgumentException("a column with other texts");
        }
        Comparator<Integer> order = order(descending);
        int end = (int) Math.min(found.groups(), (long) offset + limit);
        PriorityQueue<Integer> worstFirst = new PriorityQueue<>(order.reversed());
        long total = 0;
        for (int group = 0; group < found.groups(); group++) {
            if (found.tag(group, 0) != Kind.TEXT.tag()) {
                continue;
            }
            total++;
            int code = (int) found.payload(group, 0);
            if (worstFirst.size() < end) {
                worstFirst.add(code);
            } else if (end > 0 && order.compare(code, worstFirst.element()) < 0) {
                worstFirst.remove();
                worstFirst.add(code);
            }
        }
        List<Integer> best = new ArrayList<>(worstFirst);
        best.sort(order);
        return new Ranked(best.stream().skip(offset).map(texts::text).toList(), total);
    }

    private Comparator<Integer> order(boolean descending) {
        int sign = descending ? -1 : 1;
        return (one, other) -> {
            long left = of(one);
            long right = of(other);
            if (left == LongBlock.MISSING != (right == LongBlock.MISSING)) {
                return left == LongBlock.MISSING ? 1 : -1;
            }
            int byTime = Long.compare(left, right);
            return sign * (byTime != 0 ? byTime : texts.compare(one, other));
        };
    }
}
