package ai.pathbound.projector.columns.query;

import java.util.BitSet;

/// A set of codes that does not change. Compared by identity.
public final class CodeSet {
    private final BitSet codes;
    private final int size;

    private CodeSet(BitSet codes) {
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
}
