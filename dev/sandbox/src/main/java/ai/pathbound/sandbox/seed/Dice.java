package ai.pathbound.sandbox.seed;

import java.util.List;
import java.util.SplittableRandom;

/// Repeatable chance: the same seed and the same questions give the same answers.
final class Dice {
    private static final char[] ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz".toCharArray();
    private static final int ID_CHARS = 12;

    private final SplittableRandom random;

    /// Chance for one thing, such as contact 17; independent of all others.
    Dice(long seed, String what, long number) {
        random = new SplittableRandom(mix(mix(seed ^ what.hashCode()) + number));
    }

    boolean chance(double share) {
        return random.nextDouble() < share;
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    int between(int from, int to) {
        return random.nextInt(from, to + 1);
    }

    long below(long bound) {
        return random.nextLong(bound);
    }

    double real() {
        return random.nextDouble();
    }

    <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    /// An index below `bound`, small ones far more often: rank r with weight near 1/r.
    int zipf(int bound) {
        return Math.min(bound - 1, (int) Math.pow(bound + 1.0, random.nextDouble()) - 1);
    }

    /// An index with these weights.
    int weighted(int[] weights) {
        int total = 0;
        for (int weight : weights) {
            total += weight;
        }
        int at = random.nextInt(total);
        int index = 0;
        while (at >= weights[index]) {
            at -= weights[index++];
        }
        return index;
    }

    /// The id of the n-th thing of a kind, such as `ct_4fk2…`.
    static String id(long seed, String prefix, long number) {
        long bits = mix(mix(seed ^ prefix.hashCode()) + number) >>> 1;
        char[] text = new char[ID_CHARS];
        for (int i = 0; i < ID_CHARS; i++) {
            text[i] = ALPHABET[(int) (bits % ALPHABET.length)];
            bits /= ALPHABET.length;
        }
        return prefix + new String(text);
    }

    /// A bijective scramble of 64 bits (SplitMix64's finalizer,
    /// https://doi.org/10.1145/2714064.2660195), so different numbers never share an id seed.
    static long mix(long value) {
        long z = value + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
