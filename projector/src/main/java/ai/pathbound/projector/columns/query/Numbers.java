package ai.pathbound.projector.columns.query;

import ai.pathbound.projector.columns.Kind;
import ai.pathbound.projector.columns.Value;
import ai.pathbound.projector.columns.block.LongBlock;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Count, sum, smallest and largest of the numbers and times of each group, by kind.
final class Numbers {
    private @Nullable OfKind wholes;
    private @Nullable OfKind floatings;
    private @Nullable OfKind times;

    /// A copy to add to.
    Numbers copy() {
        Numbers copy = new Numbers();
        copy.wholes = wholes == null ? null : wholes.copy();
        copy.floatings = floatings == null ? null : floatings.copy();
        copy.times = times == null ? null : times.copy();
        return copy;
    }

    /// The numbers of one kind, to add to.
    OfKind of(Kind kind) {
        OfKind there = get(kind);
        if (there != null) {
            return there;
        }
        OfKind made = new OfKind(kind);
        switch (kind) {
            case WHOLE -> wholes = made;
            case FLOATING -> floatings = made;
            case TIME -> times = made;
            case BOOLEAN, TEXT, JSON -> throw new IllegalArgumentException("no number: " + kind);
        }
        return made;
    }

    private @Nullable OfKind get(Kind kind) {
        return switch (kind) {
            case WHOLE -> wholes;
            case FLOATING -> floatings;
            case TIME -> times;
            case BOOLEAN, TEXT, JSON -> null;
        };
    }

    /// Adds another's group to one of this.
    void merge(int group, Numbers other, int otherGroup) {
        for (Kind kind : Kind.values()) {
            OfKind from = other.get(kind);
            if (from != null && from.countOf(otherGroup) > 0) {
                of(kind).merge(group, from, otherGroup);
            }
        }
    }

    Optional<Value> sum(int group) {
        long whole = count(wholes, group);
        long floating = count(floatings, group);
        if (whole + floating == 0) {
            return Optional.empty();
        }
        if (floating == 0 && wholes != null && wholes.spills[group] == 0) {
            return Optional.of(Value.number(wholes.sums[group]));
        }
        return Optional.of(Value.number(total(group)));
    }

    private double total(int group) {
        double sum = 0;
        if (count(wholes, group) > 0 && wholes != null) {
            sum += wholes.spills[group] + wholes.sums[group];
        }
        if (count(floatings, group) > 0 && floatings != null) {
            sum += floatings.spills[group];
        }
        return Math.clamp(sum, -Double.MAX_VALUE, Double.MAX_VALUE);
    }

    Optional<Value> avg(int group) {
        long numbers = count(wholes, group) + count(floatings, group);
        return numbers == 0
                ? Optional.empty()
                : Optional.of(Value.number(total(group) / numbers));
    }

    Optional<Value> extreme(int group, boolean max) {
        Optional<Value> whole = extreme(wholes, group, max);
        Optional<Value> floating = extreme(floatings, group, max);
        if (whole.isPresent() && floating.isPresent()) {
            int order = ValueOrder.compare(whole.get(), floating.get());
            return order > 0 == max ? whole : floating;
        }
        return whole.or(() -> floating).or(() -> extreme(times, group, max));
    }

    /// The latest time; [LongBlock#MISSING] if there is none.
    long latest(int group) {
        return times == null || times.countOf(group) == 0 ? LongBlock.MISSING : times.maxs[group];
    }

    private static Optional<Value> extreme(@Nullable OfKind of, int group, boolean max) {
        return count(of, group) == 0 || of == null
                ? Optional.empty()
                : Optional.of(of.kind.value(max ? of.maxs[group] : of.mins[group]));
    }

    private static long count(@Nullable OfKind of, int group) {
        return of == null ? 0 : of.countOf(group);
    }

    long retainedBytes() {
        long bytes = 32;
        for (Kind kind : Kind.values()) {
            OfKind of = get(kind);
            bytes += of == null ? 0 : 64 + 40L * of.counts.length;
        }
        return bytes;
    }

    /// The numbers of one kind. Whole sums are exact: what overflows moves to a double.
    static final class OfKind {
        private final Kind kind;
        private long[] counts = new long[0];
        private long[] sums = new long[0];
        private double[] spills = new double[0];
        private long[] mins = new long[0];
        private long[] maxs = new long[0];

        private OfKind(Kind kind) {
            this.kind = kind;
        }

        private OfKind copy() {
            OfKind copy = new OfKind(kind);
            copy.counts = counts.clone();
            copy.sums = sums.clone();
            copy.spills = spills.clone();
            copy.mins = mins.clone();
            copy.maxs = maxs.clone();
            return copy;
        }

        private long countOf(int group) {
            return group < counts.length ? counts[group] : 0;
        }

        void ensure(int groups) {
            int before = counts.length;
            if (groups <= before) {
                return;
            }
            int capacity = Math.max(groups, before * 2);
            counts = Arrays.copyOf(counts, capacity);
            sums = Arrays.copyOf(sums, capacity);
            spills = Arrays.copyOf(spills, capacity);
            mins = Arrays.copyOf(mins, capacity);
            maxs = Arrays.copyOf(maxs, capacity);
            Arrays.fill(mins, before, capacity, Long.MAX_VALUE);
            Arrays.fill(maxs, before, capacity, Long.MIN_VALUE);
        }

        /// Adds a value; `ensure` must have been called for the group.
        void add(int group, long bits) {
            counts[group]++;
            mins[group] = Math.min(mins[group], bits);
            maxs[group] = Math.max(maxs[group], bits);
            if (kind == Kind.WHOLE) {
                addWhole(group, bits);
            } else if (kind == Kind.FLOATING) {
                spills[group] += Kind.floating(bits);
            }
        }

        /// Adds so many whole numbers by their sum; their extremes stay unknown.
        void addSum(int group, long count, long sum) {
            ensure(group + 1);
            counts[group] += count;
            addWhole(group, sum);
        }

        private void addWhole(int group, long number) {
            long sum = sums[group];
            long result = sum + number;
            if (((sum ^ result) & (number ^ result)) < 0) {
                spills[group] += sum;
                result = number;
            }
            sums[group] = result;
        }

        private void merge(int group, OfKind other, int otherGroup) {
            ensure(group + 1);
            counts[group] += other.counts[otherGroup];
            mins[group] = Math.min(mins[group], other.mins[otherGroup]);
            maxs[group] = Math.max(maxs[group], other.maxs[otherGroup]);
            spills[group] += other.spills[otherGroup];
            addWhole(group, other.sums[otherGroup]);
        }
    }
}
