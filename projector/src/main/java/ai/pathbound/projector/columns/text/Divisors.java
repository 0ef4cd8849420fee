package ai.pathbound.projector.columns.text;

import java.math.BigInteger;

/// Divides numbers of 63 bits by small ones that are known long before, with a multiplication each
/// (Granlund and Montgomery, Division by Invariant Integers using Multiplication, 1994).
final class Divisors {
    private static final int BITS = 63;

    private final long[] factors;
    private final byte[] shifts;

    /// @param divisors positive
    Divisors(int[] divisors) {
        factors = new long[divisors.length];
        shifts = new byte[divisors.length];
        for (int at = 0; at < divisors.length; at++) {
            int bits = Integer.SIZE - Integer.numberOfLeadingZeros(divisors[at] - 1);
            factors[at] = BigInteger.ONE.shiftLeft(BITS + bits)
                    .divide(BigInteger.valueOf(divisors[at]))
                    .add(BigInteger.ONE)
                    .longValue();
            shifts[at] = (byte) (bits - 1);
        }
    }

    /// How often a divisor goes into a number that is not negative.
    long quotient(long value, int at) {
        int shift = shifts[at];
        // Only one divides by 1.
        return shift < 0 ? value : Math.unsignedMultiplyHigh(value, factors[at]) >>> shift;
    }
}
