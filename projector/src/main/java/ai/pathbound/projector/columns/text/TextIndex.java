package ai.pathbound.projector.columns.text;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.IntPredicate;
import java.util.function.IntToLongFunction;

/// Finds codes by their texts: open addressing, linear probing. Texts that differ in case only have
/// the same hash, so all of them are on one run of slots.
///
/// A slot holds a code and, in the bits the codes do not need, a part of the text's hash, so that few
/// texts are compared in vain. Large indexes are cut into pieces that grow one by one: no single
/// addition takes long.
///
/// One writer; readers need no lock if they ignore codes they have not been told of.
public final class TextIndex {
    private static final int PIECES_BITS = 6;
    private static final int ONE_PIECE_MAX = 1 << 15;
    private static final int SLOTS_MIN = 32;
    private static final double LOAD_MAX = 0.8;
    private static final double GROWTH = 1.4;
    /// Codes added at once; as many for each piece as a piece of ten million has lines of the cache.
    private static final int BULK = 1 << 20;
    /// Of the sum that is mixed into a hash.
    static final long BASE = 31;

    private volatile Pieces pieces = new Pieces(0, SLOTS_MIN, Short.SIZE);
    private int size;

    private static final class Pieces {
        private final int bits;
        /// Read while the writer puts a grown piece in place of one: whoever sees it sees its slots.
        private final AtomicReferenceArray<Piece> all;

        /// @param slots of each piece
        private Pieces(int bits, int slots, int codeBits) {
            this.bits = bits;
            all = new AtomicReferenceArray<>(1 << bits);
            for (int i = 0; i < all.length(); i++) {
                all.setPlain(i, new Piece(slots, codeBits));
            }
        }

        /// Which piece has texts of a hash.
        private int of(long hash) {
            return (int) (hash >>> 58) >>> (PIECES_BITS - bits);
        }
    }

    private static final class Piece {
        private final int[] slots;
        private final int codeBits;
        private int used;

        private Piece(int length, int codeBits) {
            slots = new int[length];
            this.codeBits = codeBits;
        }

        private int first(long hash) {
            return (int) (((hash >>> 26 & 0xFFFF_FFFFL) * slots.length) >>> 32);
        }

        private int slot(long hash, int code) {
            return (int) (hash << codeBits) | code;
        }

        private int code(int slot) {
            return slot & ((1 << codeBits) - 1);
        }

        private boolean fits(long hash, int slot) {
            return slot >>> codeBits == (int) (hash << codeBits) >>> codeBits;
        }

        private boolean hasRoom(int code) {
            return used < slots.length * LOAD_MAX && code >>> codeBits == 0;
        }

        private void put(long hash, int code) {
            int at = first(hash);
            while (slots[at] != 0) {
                at = at + 1 == slots.length ? 0 : at + 1;
            }
            slots[at] = slot(hash, code);
            used++;
        }
    }

    /// The first code up to `last` that a text of this hash may have and that passes; 0 if none does.
    public int find(long hash, int last, IntPredicate passes) {
        Pieces now = pieces;
        Piece piece = now.all.getAcquire(now.of(hash));
        int[] slots = piece.slots;
        for (int at = piece.first(hash); slots[at] != 0;) {
            int slot = slots[at];
            int code = piece.code(slot);
            if (piece.fits(hash, slot) && code <= last && passes.test(code)) {
                return code;
            }
            at = at + 1 == slots.length ? 0 : at + 1;
        }
        return 0;
    }

    /// Whether two codes have the same text.
    @FunctionalInterface
    public interface SameText {
        boolean test(int code, int another);
    }

    /// Adds codes that follow the last one. Where they are many, room is made for all of them at once,
    /// and pieces are filled one after the other, so that the processor's cache holds the one at hand.
    /// Only the writer may call this.
    ///
    /// @param hashes the hashes of the texts of all codes up to the last
    /// @throws IllegalArgumentException if a text has a code already
    public void addAll(int first, int last, IntToLongFunction hashes, SameText same) {
        boolean areMany = (last - first) * LOAD_MAX > size * (GROWTH - 1);
        // Codes of a bulk do not come in their order, so there are pieces before it comes to that.
        if (last > ONE_PIECE_MAX && (areMany || pieces.bits == 0)) {
            makeRoom(last, hashes);
        }
        for (long from = first; from <= last; from += BULK) {
            int begin = (int) from;
            addBulk(begin, Math.min(BULK, last - begin + 1), hashes, same);
        }
    }

    private void addBulk(int first, int count, IntToLongFunction hashes, SameText same) {
        long[] hashOf = new long[count];
        int[] ends = new int[pieces.all.length() + 1];
        for (int i = 0; i < count; i++) {
            hashOf[i] = hashes.applyAsLong(first + i);
            ends[pieces.of(hashOf[i]) + 1]++;
        }
        for (int piece = 1; piece < ends.length; piece++) {
            ends[piece] += ends[piece - 1];
        }
        int[] byPiece = new int[count];
        for (int i = 0; i < count; i++) {
            byPiece[ends[pieces.of(hashOf[i])]++] = i;
        }
        for (int i : byPiece) {
            int code = first + i;
            if (find(hashOf[i], code, found -> same.test(code, found)) != 0) {
                throw new IllegalArgumentException("dictionary entry twice: code " + code);
            }
            add(hashOf[i], code, hashes);
        }
    }

    private void makeRoom(int codes, IntToLongFunction hashes) {
        double share = (double) codes / (1 << PIECES_BITS);
        // Hashes spread codes over pieces as dice do: four deviations more are enough for nearly all.
        int slots = (int) ((share + 4 * Math.sqrt(share)) / LOAD_MAX);
        rebuild(new Pieces(PIECES_BITS, slots, codeBits(codes)), hashes);
    }

    /// Adds the next code. Only the writer may call this.
    ///
    /// @param hashes the hashes of the texts of all codes added before
    public void add(long hash, int code, IntToLongFunction hashes) {
        if (size == ONE_PIECE_MAX && pieces.bits == 0) {
            rebuild(new Pieces(PIECES_BITS, SLOTS_MIN, Short.SIZE), hashes);
        }
        put(pieces, hash, code, hashes);
        size++;
    }

    private void rebuild(Pieces more, IntToLongFunction hashes) {
        for (int code = 1; code <= size; code++) {
            put(more, hashes.applyAsLong(code), code, hashes);
        }
        pieces = more;
    }

    private static void put(Pieces to, long hash, int code, IntToLongFunction hashes) {
        int number = to.of(hash);
        Piece piece = to.all.getPlain(number);
        if (!piece.hasRoom(code)) {
            piece = grown(piece, code, hashes);
            to.all.setRelease(number, piece);
        }
        piece.put(hash, code);
    }

    private static Piece grown(Piece piece, int code, IntToLongFunction hashes) {
        Piece larger = new Piece((int) (piece.slots.length * GROWTH), codeBits(code));
        for (int slot : piece.slots) {
            if (slot != 0) {
                larger.put(hashes.applyAsLong(piece.code(slot)), piece.code(slot));
            }
        }
        return larger;
    }

    /// Bits for this code and as many codes again.
    private static int codeBits(int code) {
        return Math.min(31, 33 - Integer.numberOfLeadingZeros(code));
    }

    /// The hash of a text in lower case.
    public static long hash(String text) {
        int length = text.length();
        long hash = 0;
        int i = 0;
        // Four at a time: a sum of products does not wait for one product after the other.
        for (; i + 3 < length; i += 4) {
            char first = text.charAt(i);
            char second = text.charAt(i + 1);
            char third = text.charAt(i + 2);
            char fourth = text.charAt(i + 3);
            if ((first | second | third | fourth) > 127) {
                return hashUnits(text.toLowerCase(Locale.ROOT));
            }
            hash = hash * (BASE * BASE * BASE * BASE)
                    + Ascii.lower(first) * (BASE * BASE * BASE)
                    + Ascii.lower(second) * (BASE * BASE)
                    + Ascii.lower(third) * BASE
                    + Ascii.lower(fourth);
        }
        for (; i < length; i++) {
            char unit = text.charAt(i);
            if (unit > 127) {
                return hashUnits(text.toLowerCase(Locale.ROOT));
            }
            hash = hash * BASE + Ascii.lower(unit);
        }
        return mixed(hash);
    }

    private static long hashUnits(String lower) {
        long hash = 0;
        for (int i = 0; i < lower.length(); i++) {
            hash = hash * BASE + lower.charAt(i);
        }
        return mixed(hash);
    }

    /// The finalizer of MurmurHash3, over the units of a lower-case text as digits of base 31.
    static long mixed(long hash) {
        long mixed = hash;
        mixed = (mixed ^ (mixed >>> 33)) * 0xFF51AFD7ED558CCDL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xC4CEB9FE1A85EC53L;
        return mixed ^ (mixed >>> 33);
    }

    public long retainedBytes() {
        long bytes = 64;
        for (int i = 0; i < pieces.all.length(); i++) {
            Piece piece = pieces.all.getAcquire(i);
            bytes += 48 + 4L * piece.slots.length;
        }
        return bytes;
    }
}
