package ai.pathbound.projector.columns.query;

import ai.pathbound.projector.columns.Kind;
import ai.pathbound.projector.columns.block.LongIds;
import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/// The distinct values of each group: codes in bitmaps, plain ones where groups are few and compressed
/// ones else, other values in hash sets. A group has one set of each kind at most.
///
/// When the sets of all groups take more memory than a bound, they become estimates, and what comes
/// later goes there.
final class Distinct {
    private static final int TAGS = Kind.TAGS_END;
    /// About what an empty set takes, and what a number in a hash set takes at most.
    private static final int SET_BYTES = 100;
    private static final int NUMBER_BYTES = 24;
    private static final RoaringBitmap[] NO_CODES = new RoaringBitmap[0];
    private static final LongIds[] NO_BITS = new LongIds[0];
    private static final long[][] NO_WORDS = new long[0][];
    private static final long[] NO_SET = new long[0];

    private final Thresholds thresholds;
    private final @Nullable RoaringBitmap[][] codes = new @Nullable RoaringBitmap[TAGS][];
    private final long[][][] words = new long[TAGS][][];
    private final @Nullable LongIds[][] bits = new @Nullable LongIds[TAGS][];
    /// Groups whose sets nobody else has, by kind; all of them unless this was made over others.
    private final BitSet[] owned = new BitSet[TAGS];
    private boolean isOver;
    private long wordBytes;
    /// What sets took when last looked at, and at most what came since.
    private long bytesAtMost;
    private @Nullable Estimates estimates;

    Distinct(Thresholds thresholds) {
        this.thresholds = thresholds;
        Arrays.fill(codes, NO_CODES);
        Arrays.fill(words, NO_WORDS);
        Arrays.fill(bits, NO_BITS);
        Arrays.setAll(owned, _ -> new BitSet());
    }

    /// The same values, to add to; nobody may add to these any more. A set is copied when it changes.
    Distinct over() {
        Distinct over = new Distinct(thresholds);
        for (int tag = 0; tag < TAGS; tag++) {
            over.codes[tag] = codes[tag].clone();
            over.words[tag] = words[tag].clone();
            over.bits[tag] = bits[tag].clone();
        }
        over.wordBytes = wordBytes;
        over.bytesAtMost = bytesAtMost;
        over.estimates = estimates == null ? null : estimates.copy();
        over.isOver = true;
        return over;
    }

    /// Whether the sets of a group must be copied before they change; from now on they are its own.
    private boolean isOthers(int group, int tag) {
        if (!isOver || owned[tag].get(group)) {
            return false;
        }
        owned[tag].set(group);
        return true;
    }

    void add(int group, int tag, long payload) {
        if (estimates != null) {
            estimates.add(group, tag, payload);
        } else if (isCoded(tag)) {
            addCodes(group, tag, new int[]{(int) payload}, 1);
        } else {
            addBits(group, tag, payload);
        }
    }

    private void addBits(int group, int tag, long payload) {
        LongIds set = bits(group, tag);
        int before = set.size();
        set.idOf(payload);
        bytesAtMost += (long) NUMBER_BYTES * (set.size() - before);
    }

    /// Adds the codes of one group at once; cheap if they ascend.
    void addCodes(int group, int tag, int[] some, int count) {
        if (estimates != null) {
            for (int i = 0; i < count; i++) {
                estimates.add(group, tag, some[i]);
            }
        } else if (hasWords(group, tag)) {
            long[] set = open(group, tag, some[count - 1] + 1);
            for (int i = 0; i < count; i++) {
                set[some[i] >> 6] |= 1L << some[i];
            }
        } else {
            codes(group, tag).addN(some, 0, count);
            bytesAtMost += (long) Short.BYTES * count;
        }
    }

    /// Keeps the bound: called when a part was added.
    void fit() {
        if (estimates != null || bytesAtMost <= thresholds.distinctBytesMax()) {
            return;
        }
        bytesAtMost = retainedBytes();
        if (bytesAtMost > thresholds.distinctBytesMax()) {
            estimate();
        }
    }

    boolean isEstimated() {
        return estimates != null;
    }

    private Estimates estimate() {
        Estimates there = estimates;
        if (there != null) {
            return there;
        }
        Estimates made = new Estimates();
        forEach(made::add);
        Arrays.fill(codes, NO_CODES);
        Arrays.fill(words, NO_WORDS);
        Arrays.fill(bits, NO_BITS);
        wordBytes = 0;
        estimates = made;
        return made;
    }

    private interface Taking {
        void take(int group, int tag, long payload);
    }

    private void forEach(Taking taking) {
        for (int tag = 1; tag < TAGS; tag++) {
            int groups = Math.max(
                    Math.max(codes[tag].length, words[tag].length),
                    bits[tag].length);
            for (int group = 0; group < groups; group++) {
                forEach(group, tag, taking);
            }
        }
    }

    private void forEach(int group, int tag, Taking taking) {
        RoaringBitmap compressed = group < codes[tag].length ? codes[tag][group] : null;
        if (compressed != null) {
            compressed.forEach((int code) -> taking.take(group, tag, code));
        }
        long[] set = hasWords(group, tag) ? words[tag][group] : NO_SET;
        for (int word = 0; word < set.length; word++) {
            for (long left = set[word]; left != 0; left &= left - 1) {
                int code = (word << 6) + Long.numberOfTrailingZeros(left);
                if (code != 0) {
                    taking.take(group, tag, code);
                }
            }
        }
        LongIds some = group < bits[tag].length ? bits[tag][group] : null;
        for (int i = 0; some != null && i < some.size(); i++) {
            taking.take(group, tag, some.value(i));
        }
    }

    /// Whether plain bitmaps for so many more groups stay within their bound.
    boolean hasRoom(int groups, int codesEnd) {
        return estimates == null
                && wordBytes + (double) groups * wordsFor(codesEnd) * Long.BYTES <= thresholds
                        .denseSetBytesMax();
    }

    /// The plain bitmap of a group, for codes below an end. Bit 0 may be set and counts for nothing.
    long[] open(int group, int tag, int codesEnd) {
        if (group >= words[tag].length) {
            int before = words[tag].length;
            words[tag] = Arrays.copyOf(words[tag], Math.max(group + 1, before * 2));
            Arrays.fill(words[tag], before, words[tag].length, NO_SET);
        }
        long[] there = words[tag][group];
        int size = wordsFor(codesEnd);
        if (there.length >= size && !isOthers(group, tag)) {
            return there;
        }
        long[] made = Arrays.copyOf(there, Math.max(size, there.length));
        long grown = Long.BYTES * (long) (made.length - there.length);
        wordBytes += grown;
        bytesAtMost += grown;
        words[tag][group] = made;
        RoaringBitmap compressed = group < codes[tag].length ? codes[tag][group] : null;
        if (compressed != null) {
            compressed.forEach((int code) -> made[code >> 6] |= 1L << code);
            codes[tag][group] = null;
        }
        return made;
    }

    private static int wordsFor(int codesEnd) {
        return (codesEnd + 63) >> 6;
    }

    private boolean hasWords(int group, int tag) {
        return group < words[tag].length && words[tag][group].length > 0;
    }

    /// The compressed bitmap of a group, to add codes to.
    private RoaringBitmap codes(int group, int tag) {
        if (group >= codes[tag].length) {
            codes[tag] = Arrays.copyOf(codes[tag], Math.max(group + 1, codes[tag].length * 2));
        }
        RoaringBitmap there = codes[tag][group];
        boolean isOthers = isOthers(group, tag);
        if (there == null) {
            there = new RoaringBitmap();
            bytesAtMost += SET_BYTES;
        } else if (isOthers) {
            there = there.clone();
        }
        codes[tag][group] = there;
        return there;
    }

    private LongIds bits(int group, int tag) {
        if (group >= bits[tag].length) {
            bits[tag] = Arrays.copyOf(bits[tag], Math.max(group + 1, bits[tag].length * 2));
        }
        LongIds there = bits[tag][group];
        boolean isOthers = isOthers(group, tag);
        if (there == null) {
            there = new LongIds(4);
            bytesAtMost += SET_BYTES;
        } else if (isOthers) {
            there = there.copy();
        }
        bits[tag][group] = there;
        return there;
    }

    static boolean isCoded(int tag) {
        return Kind.ofTag(tag).isCoded();
    }

    long count(int group) {
        if (estimates != null) {
            return estimates.count(group);
        }
        long count = 0;
        for (int tag = 1; tag < TAGS; tag++) {
            if (group < codes[tag].length) {
                RoaringBitmap some = codes[tag][group];
                count += some == null ? 0 : some.getLongCardinality();
            }
            if (hasWords(group, tag)) {
                count += cardinality(words[tag][group]);
            }
            if (group < bits[tag].length) {
                LongIds some = bits[tag][group];
                count += some == null ? 0 : some.size();
            }
        }
        return count;
    }

    private static long cardinality(long[] set) {
        long count = -(set[0] & 1);
        for (long word : set) {
            count += Long.bitCount(word);
        }
        return count;
    }

    void merge(int group, Distinct other, int otherGroup) {
        if (other.estimates != null) {
            estimate().merge(group, other.estimates, otherGroup);
            return;
        }
        Estimates there = estimates;
        if (there != null) {
            for (int tag = 1; tag < TAGS; tag++) {
                other.forEach(otherGroup,
                        tag,
                        (_, kind, payload) -> there.add(group, kind, payload));
            }
            return;
        }
        for (int tag = 1; tag < TAGS; tag++) {
            if (otherGroup < other.codes[tag].length) {
                RoaringBitmap some = other.codes[tag][otherGroup];
                if (some != null) {
                    mergeCodes(group, tag, some);
                }
            }
            if (other.hasWords(otherGroup, tag)) {
                mergeWords(group, tag, other.words[tag][otherGroup]);
            }
            if (otherGroup < other.bits[tag].length) {
                LongIds some = other.bits[tag][otherGroup];
                for (int i = 0; some != null && i < some.size(); i++) {
                    addBits(group, tag, some.value(i));
                }
            }
        }
    }

    private void mergeCodes(int group, int tag, RoaringBitmap some) {
        if (some.isEmpty()) {
            return;
        }
        if (hasWords(group, tag)) {
            long[] set = open(group, tag, some.last() + 1);
            some.forEach((int code) -> set[code >> 6] |= 1L << code);
        } else {
            codes(group, tag).or(some);
            bytesAtMost += some.getLongSizeInBytes();
        }
    }

    private void mergeWords(int group, int tag, long[] some) {
        int codesEnd = some.length << 6;
        if (!hasWords(group, tag) && !hasRoom(1, codesEnd)) {
            RoaringBitmap to = codes(group, tag);
            for (int word = 0; word < some.length; word++) {
                // Bit 0 stands for no value.
                long left = word == 0 ? some[0] & ~1L : some[word];
                for (; left != 0; left &= left - 1) {
                    to.add((word << 6) + Long.numberOfTrailingZeros(left));
                }
            }
            return;
        }
        long[] set = open(group, tag, codesEnd);
        for (int word = 0; word < some.length; word++) {
            set[word] |= some[word];
        }
    }

    long retainedBytes() {
        long bytes = 64 + wordBytes + (estimates == null ? 0 : estimates.retainedBytes());
        for (int tag = 1; tag < TAGS; tag++) {
            for (RoaringBitmap some : codes[tag]) {
                bytes += some == null ? 4 : SET_BYTES + some.getLongSizeInBytes();
            }
            for (LongIds some : bits[tag]) {
                bytes += some == null ? 4 : some.retainedBytes();
            }
        }
        return bytes;
    }
}
