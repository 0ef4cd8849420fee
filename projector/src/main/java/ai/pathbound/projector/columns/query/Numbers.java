package ai.pathbound.projector.columns.query;

import ai.pathbound.projector.columns.Kind;
import ai.pathbound.projector.columns.Value;
import ai.pathbound.projector.columns.block.LongBlock;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
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
        if (count(wholes, group) + count(floatings, group) == 0) {
            return Optional.empty();
        }
        if (count(floatings, group) == 0 && wholes != null && wholes.rest(group).signum() == 0) {
            return Optional.of(Value.number(wholes.sums[group]));
        }
        BigDecimal sum = exact(group);
        return Optional.of(
                count(floatings, group) == 0 && isLong(sum)
                        ? Value.number(sum.longValueExact())
                        : Value.number(finite(sum.doubleValue())));
    }

    private static boolean isLong(BigDecimal whole) {
        return whole.compareTo(BigDecimal.valueOf(Long.MIN_VALUE)) >= 0
                && whole.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0;
    }

    private static double finite(double number) {
        return Math.clamp(number, -Double.MAX_VALUE, Double.MAX_VALUE);
    }

    private BigDecimal exact(int group) {
        BigDecimal sum = count(wholes, group) == 0 || wholes == null
                ? BigDecimal.ZERO
                : wholes.exact(group);
        return count(floatings, group) == 0 || floatings == null
                ? sum
                : sum.add(floatings.exact(group));
    }

    Optional<Value> avg(int group) {
        long numbers = count(wholes, group) + count(floatings, group);
        if (numbers == 0) {
            return Optional.empty();
        }
        BigDecimal sum = exact(group);
        double total = sum.doubleValue();
        return Optional.of(
                Value.number(
                        Double.isFinite(total)
                                ? total / numbers
                                // Of finite numbers, so it is one.
                                : sum.divide(BigDecimal.valueOf(numbers), MathContext.DECIMAL64)
                                        .doubleValue()));
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
            bytes += of == null ? 0 : 64 + 40L * of.counts.length + 400L * of.rests.size();
        }
        return bytes;
    }

    /// The numbers of one kind. Sums are exact, so that they are the same in whatever order parts are added:
    /// wholes in a long; doubles in two whose sum is the exact one (Knuth's TwoSum, The Art of Computer
    /// Programming 2, 4.2.2); what fits neither, which is rare, in a decimal number.
    static final class OfKind {
        private static final double[] NONE = new double[0];

        private final Kind kind;
        private long[] counts = new long[0];
        private long[] sums = new long[0];
        private double[] highs = NONE;
        private double[] lows = NONE;
        private Map<Integer, BigDecimal> rests = Map.of();
        private long[] mins = new long[0];
        private long[] maxs = new long[0];

        private OfKind(Kind kind) {
            this.kind = kind;
        }

        private OfKind copy() {
            OfKind copy = new OfKind(kind);
            copy.counts = counts.clone();
            copy.sums = sums.clone();
            copy.highs = highs.clone();
            copy.lows = lows.clone();
            copy.rests = rests.isEmpty() ? rests : new HashMap<>(rests);
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
            if (kind == Kind.FLOATING) {
                highs = Arrays.copyOf(highs, capacity);
                lows = Arrays.copyOf(lows, capacity);
            } else {
                sums = Arrays.copyOf(sums, capacity);
            }
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
                addDouble(group, Kind.floating(bits));
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
                addRest(group, BigDecimal.valueOf(sum));
                result = number;
            }
            sums[group] = result;
        }

        private void addDouble(int group, double number) {
            double high = highs[group];
            double low = lows[group];
            double sum = high + number;
            double error = error(high, number, sum);
            double small = low + error;
            double smallError = error(low, error, small);
            double result = sum + small;
            double left = error(sum, small, result);
            if (!Double.isFinite(result) || !Double.isFinite(left)) {
                addRest(group,
                        new BigDecimal(high).add(new BigDecimal(low)).add(new BigDecimal(number)));
                highs[group] = 0;
                lows[group] = 0;
                return;
            }
            if (smallError != 0) {
                addRest(group, new BigDecimal(smallError));
            }
            highs[group] = result;
            lows[group] = left;
        }

        /// What a sum of two doubles lost when it was rounded.
        private static double error(double one, double other, double sum) {
            double part = sum - one;
            return (one - (sum - part)) + (other - part);
        }

        private void addRest(int group, BigDecimal number) {
            if (rests.isEmpty()) {
                rests = new HashMap<>();
            }
            rests.merge(group, number, BigDecimal::add);
        }

        private BigDecimal rest(int group) {
            return rests.getOrDefault(group, BigDecimal.ZERO);
        }

        private BigDecimal exact(int group) {
            return kind == Kind.FLOATING
                    ? rest(group).add(new BigDecimal(highs[group]))
                            .add(new BigDecimal(lows[group]))
                    : rest(group).add(BigDecimal.valueOf(sums[group]));
        }

        private void merge(int group, OfKind other, int otherGroup) {
            ensure(group + 1);
            counts[group] += other.counts[otherGroup];
            mins[group] = Math.min(mins[group], other.mins[otherGroup]);
            maxs[group] = Math.max(maxs[group], other.maxs[otherGroup]);
            if (kind == Kind.FLOATING) {
                addDouble(group, other.highs[otherGroup]);
                addDouble(group, other.lows[otherGroup]);
            } else {
                addWhole(group, other.sums[otherGroup]);
            }
            BigDecimal rest = other.rest(otherGroup);
            if (rest.signum() != 0) {
                addRest(group, rest);
            }
        }
    }
}
