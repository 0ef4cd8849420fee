package ai.pathbound.projector.columns.query;

import java.util.Arrays;
import org.apache.datasketches.hll.HllSketch;
import org.apache.datasketches.hll.HllUnion;
import org.apache.datasketches.hll.TgtHllType;
import org.jspecify.annotations.Nullable;

/// About how many distinct values each group has, in a sketch of at most four kilobytes a group
/// (HyperLogLog of Apache DataSketches). Few values are counted nearly exactly there too.
final class Estimates {
    private static final int LG_SLOTS = 12;
    /// Standard deviation of the estimate, as a share of it; twice of that holds in 95 of 100 cases.
    static final double RELATIVE_ERROR = HllSketch.getRelErr(true, true, LG_SLOTS, 1);

    private @Nullable HllSketch[] sketches = new HllSketch[0];

    /// A copy to add to.
    Estimates copy() {
        Estimates copy = new Estimates();
        copy.sketches = Arrays.stream(sketches)
                .map(sketch -> sketch == null ? null : sketch.copy())
                .toArray(HllSketch[]::new);
        return copy;
    }

    void add(int group, int tag, long payload) {
        HllSketch there = of(group);
        HllSketch sketch = there == null ? new HllSketch(LG_SLOTS, TgtHllType.HLL_8) : there;
        sketches[group] = sketch;
        // Values of different kinds differ: tags fit three bits, which codes and most numbers leave free.
        sketch.update(Long.rotateLeft(payload, 3) ^ tag);
    }

    private @Nullable HllSketch of(int group) {
        if (group >= sketches.length) {
            sketches = Arrays.copyOf(sketches, Math.max(group + 1, sketches.length * 2));
        }
        return sketches[group];
    }

    void merge(int group, Estimates other, int otherGroup) {
        HllSketch from = otherGroup < other.sketches.length ? other.sketches[otherGroup] : null;
        if (from == null) {
            return;
        }
        HllSketch to = of(group);
        if (to == null) {
            sketches[group] = from.copy();
            return;
        }
        HllUnion union = new HllUnion(LG_SLOTS);
        union.update(to);
        union.update(from);
        sketches[group] = union.getResult(TgtHllType.HLL_8);
    }

    long count(int group) {
        HllSketch sketch = group < sketches.length ? sketches[group] : null;
        return sketch == null ? 0 : Math.round(sketch.getEstimate());
    }

    long retainedBytes() {
        long bytes = 32 + 4L * sketches.length;
        for (HllSketch sketch : sketches) {
            bytes += sketch == null ? 0 : 64 + sketch.getUpdatableSerializationBytes();
        }
        return bytes;
    }
}
