package ai.pathbound.projector.columns.query;

import ai.pathbound.projector.columns.Dictionary;
import ai.pathbound.projector.columns.Kind;
import org.jspecify.annotations.Nullable;

/// What a leaf of a filter accepts, in the terms of each kind: a set of codes or a range of bits.
interface Matcher {
    /// Codes it accepts of a coded kind; 0, the missing value, is never one.
    CodeSet codes(Kind kind, @Nullable Dictionary dictionary);

    /// Values it accepts of an uncoded kind.
    Bits bits(Kind kind);

    /// A range of bits, both ends inclusive; empty if `low > high`.
    sealed interface Bits {
        Between NOTHING = new Between(1, 0);
        Between ANYTHING = new Between(Long.MIN_VALUE + 1, Long.MAX_VALUE);

        record Between(long low, long high) implements Bits {}

        /// Some values, sorted.
        final class Some implements Bits {
            private final long[] sorted;

            Some(long[] sorted) {
                this.sorted = sorted;
            }

            long[] sorted() {
                return sorted;
            }
        }
    }
}
