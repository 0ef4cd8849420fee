package ai.pathbound.projector.columns.query;

import ai.pathbound.projector.columns.Kind;
import ai.pathbound.projector.columns.block.LongIds;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/// The distinct values of each group: codes in compressed bitmaps, other values in hash sets.
final class Distinct {
    private static final int TAGS = Kind.TAGS_END;

    private final @Nullable RoaringBitmap[][] codes = new @Nullable RoaringBitmap[TAGS][];
    private final @Nullable LongIds[][] bits = new @Nullable LongIds[TAGS][];
    private static final RoaringBitmap[] NO_CODES = new RoaringBitmap[0];
    private static final LongIds[] NO_BITS = new LongIds[0];

    Distinct() {
        Arrays.fill(codes, NO_CODES);
        Arrays.fill(bits, NO_BITS);
    }

    void add(int group, int tag, long payload) {
        if (isCoded(tag)) {
            codes(group, tag).add((int) payload);
        } else {
            bits(group, tag).idOf(payload);
        }
    }

    /// Adds the codes of one group at once; cheap if they ascend.
    void addCodes(int group, int tag, int[] some, int count) {
        codes(group, tag).addN(some, 0, count);
    }

    /// The bitmap of a group, to add codes to.
    private RoaringBitmap codes(int group, int tag) {
        if (group >= codes[tag].length) {
            codes[tag] = Arrays.copyOf(codes[tag], Math.max(group + 1, codes[tag].length * 2));
        }
        RoaringBitmap there = codes[tag][group];
        if (there == null) {
            there = new RoaringBitmap();
            codes[tag][group] = there;
        }
        return there;
    }

    private LongIds bits(int group, int tag) {
        if (group >= bits[tag].length) {
            bits[tag] = Arrays.copyOf(bits[tag], Math.max(group + 1, bits[tag].length * 2));
        }
        LongIds there = bits[tag][group];
        if (there == null) {
            there = new LongIds(4);
            bits[tag][group] = there;
        }
        return there;
    }

    static boolean isCoded(int tag) {
        return Kind.ofTag(tag).isCoded();
    }

    long count(int group) {
        long count = 0;
        for (int tag = 1; tag < TAGS; tag++) {
            if (group < codes[tag].length) {
                RoaringBitmap some = codes[tag][group];
                count += some == null ? 0 : some.getLongCardinality();
            }
            if (group < bits[tag].length) {
                LongIds some = bits[tag][group];
                count += some == null ? 0 : some.size();
            }
        }
        return count;
    }

    void merge(int group, Distinct other, int otherGroup) {
        for (int tag = 1; tag < TAGS; tag++) {
            if (otherGroup < other.codes[tag].length) {
                RoaringBitmap some = other.codes[tag][otherGroup];
                if (some != null) {
                    codes(group, tag).or(some);
                }
            }
            if (otherGroup < other.bits[tag].length) {
                LongIds some = other.bits[tag][otherGroup];
                for (int i = 0; some != null && i < some.size(); i++) {
                    bits(group, tag).idOf(some.value(i));
                }
            }
        }
    }

    long retainedBytes() {
        long bytes = 64;
        for (int tag = 1; tag < TAGS; tag++) {
            for (RoaringBitmap some : codes[tag]) {
                bytes += some == null ? 4 : 100 + some.getLongSizeInBytes();
            }
            for (LongIds some : bits[tag]) {
                bytes += some == null ? 4 : some.retainedBytes();
            }
        }
        return bytes;
    }
}
