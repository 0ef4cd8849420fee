package ai.pathbound.projector.columns.query;

import java.util.BitSet;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// A set of codes that does not change. Each has a name of its own and is compared by it, as
/// [CodeMap]s are.
public final class CodeSet {
    private static final AtomicLong LAST_NAME = new AtomicLong();

    private final long name;
    private final BitSet codes;
    private final int size;

    private CodeSet(BitSet codes) {
        this(LAST_NAME.incrementAndGet(), codes);
    }

    private CodeSet(long name, BitSet codes) {
        this.name = name;
        this.codes = codes;
        this.size = codes.cardinality();
    }

    public static CodeSet copyOf(BitSet codes) {
        return new CodeSet((BitSet) codes.clone());
    }

    /// Takes ownership.
    static CodeSet owning(BitSet codes) {
        return new CodeSet(codes);
    }

    /// The same name without a content, to remember something under.
    CodeSet emptied() {
        return new CodeSet(name, new BitSet(0));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CodeSet set && set.name == name;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(name);
    }

    long retainedBytes() {
        return 80L + codes.size() / 8;
    }

    BitSet copy() {
        return (BitSet) codes.clone();
    }

    boolean contains(int code) {
        return codes.get(code);
    }

    boolean isEmpty() {
        return size == 0;
    }

    int size() {
        return size;
    }

    /// The smallest code; only if there is one.
    int first() {
        return codes.nextSetBit(0);
    }

    /// The next larger code; negative if there is none.
    int after(int code) {
        return codes.nextSetBit(code + 1);
    }
}
