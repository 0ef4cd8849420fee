package ai.pathbound.projector.columns.text;

import ai.pathbound.projector.columns.block.Packed;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Texts that look alike, as ids do, each as one or a few numbers: every place of the text is a digit
/// whose base is the number of units that stand there in this page. `evt_` and twelve small letters or
/// digits take eight bytes, a random UUID seventeen.
///
/// A text that ends earlier than another has the digit "nothing" in the places it lacks.
public final class RadixPage implements TextPage {
    private static final int LENGTH_MAX = 64;
    private static final byte NOTHING = -1;

    private final Digits digits;
    /// Whether no page before has the same digits.
    private final boolean isFirst;
    private final Packed[] numbers;

    private RadixPage(Digits digits, boolean isFirst, int size) {
        this(digits, isFirst, new Packed[digits.numberEnds.length]);
        Arrays.setAll(numbers, _ -> Packed.empty(size, 0));
    }

    private RadixPage(Digits digits, boolean isFirst, Packed[] numbers) {
        this.digits = digits;
        this.isFirst = isFirst;
        this.numbers = numbers;
    }

    /// A page as it was stored.
    ///
    /// @param units what [#units] said
    /// @param numbers reads the numbers of all texts, one set after the other
    /// @throws IllegalArgumentException if that is no page
    public static RadixPage of(byte[][] units, Supplier<Packed> numbers) {
        byte[][] ofUnits = new byte[units.length][129];
        for (int place = 0; place < units.length; place++) {
            Arrays.fill(ofUnits[place], (byte) -1);
            if (units[place].length == 0) {
                throw new IllegalArgumentException("nothing stands in place " + place);
            }
            int before = NOTHING - 1;
            for (int digit = 0; digit < units[place].length; digit++) {
                if (units[place][digit] <= before) {
                    throw new IllegalArgumentException("digits of place " + place);
                }
                before = units[place][digit];
                ofUnits[place][before + 1] = (byte) digit;
            }
        }
        Digits digits = new Digits(units, ofUnits, numberEnds(units));
        Packed[] all = new Packed[digits.numberEnds.length];
        RadixPage page = new RadixPage(digits, true, all);
        for (int number = 0; number < all.length; number++) {
            all[number] = numbers.get();
            page.checkNumbers(number);
        }
        return page;
    }

    private void checkNumbers(int number) {
        long range = 1;
        for (int place = begin(number); place < digits.numberEnds[number]; place++) {
            range *= digits.units[place].length;
        }
        for (int at = 0; at < numbers[number].size(); at++) {
            long value = numbers[number].at(at);
            if (value < 0 || value >= range) {
                throw new IllegalArgumentException("number " + value + " of " + range);
            }
        }
    }

    /// The units by their digit, in each place, in ascending order; -1 is "nothing". Nobody may change
    /// them.
    public byte[][] units() {
        return digits.units;
    }

    /// The texts as numbers: the first places of all of them, then the next ones.
    public List<Packed> numbers() {
        return List.of(numbers);
    }

    /// The same texts, with the digits of the page before if those are the same.
    public RadixPage after(RadixPage before) {
        return Arrays.deepEquals(before.digits.units, digits.units)
                ? new RadixPage(before.digits, false, numbers)
                : this;
    }

    /// Whether each text is the one the other page has there.
    public boolean hasTextsOf(RadixPage other) {
        RadixPage alike = other.after(this);
        for (int at = 0; at < numbers[0].size(); at++) {
            boolean isSame = isLike(alike)
                    ? compare(this, at, alike, at) == 0
                    : is(at, other.text(at));
            if (!isSame) {
                return false;
            }
        }
        return true;
    }

    /// All texts.
    public List<String> texts() {
        return IntStream.range(0, numbers[0].size()).mapToObj(this::text).toList();
    }

    /// What stands in each place of a page's texts; shared by pages that are alike.
    private static final class Digits {
        /// The units by their digit, in each place.
        private final byte[][] units;
        /// The digit of "nothing" (the first) and of each unit; -1 where it does not occur.
        private final byte[][] ofUnits;
        /// The place each number ends before.
        private final int[] numberEnds;
        /// By the base of each place.
        private final Divisors bases;

        private Digits(byte[][] units, byte[][] ofUnits, int[] numberEnds) {
            this.units = units;
            this.ofUnits = ofUnits;
            this.numberEnds = numberEnds;
            bases = new Divisors(Stream.of(units).mapToInt(place -> place.length).toArray());
        }
    }

    /// A page of ASCII texts; null if they are too long or too different.
    ///
    /// @param before a page whose digits are used if this one needs the same
    static @Nullable RadixPage of(PlainPage page, TextPage before) {
        int places = 0;
        for (int at = 0; at < page.size(); at++) {
            places = Math.max(places, page.length(at));
        }
        if (places > LENGTH_MAX) {
            return null;
        }
        byte[][] ofUnits = new byte[places][];
        byte[][] units = new byte[places][];
        for (int place = 0; place < places; place++) {
            ofUnits[place] = occurring(page, place);
            units[place] = numbered(ofUnits[place]);
            if (units[place].length > Byte.MAX_VALUE) {
                return null;
            }
        }
        RadixPage packed = before instanceof RadixPage like
                && Arrays.deepEquals(like.digits.units, units)
                        ? new RadixPage(like.digits, false, page.size())
                        : new RadixPage(new Digits(units, ofUnits, numberEnds(units)), true,
                                page.size());
        packed.fill(page);
        return packed;
    }

    /// Marks with 0 what stands in a place.
    private static byte[] occurring(PlainPage page, int place) {
        byte[] digits = new byte[129];
        Arrays.fill(digits, (byte) -1);
        for (int at = 0; at < page.size(); at++) {
            digits[place < page.length(at) ? page.unit(at, place) + 1 : 0] = 0;
        }
        return digits;
    }

    private static byte[] numbered(byte[] digits) {
        byte[] units = new byte[129];
        int count = 0;
        for (int unit = 0; unit < digits.length; unit++) {
            if (digits[unit] == 0) {
                units[count] = (byte) (unit - 1);
                digits[unit] = (byte) count++;
            }
        }
        return Arrays.copyOf(units, count);
    }

    /// As many places to a number as its 63 bits have room for.
    private static int[] numberEnds(byte[][] units) {
        int[] ends = new int[units.length + 1];
        int count = 0;
        long range = 1;
        for (int place = 0; place < units.length; place++) {
            if (Math.multiplyHigh(range, units[place].length) != 0
                    || range * units[place].length < 0) {
                ends[count++] = place;
                range = 1;
            }
            range *= units[place].length;
        }
        ends[count++] = units.length;
        return Arrays.copyOf(ends, count);
    }

    private void fill(PlainPage page) {
        long[] values = new long[page.size()];
        for (int number = 0; number < numbers.length; number++) {
            for (int at = 0; at < values.length; at++) {
                long value = 0;
                for (int place = begin(number); place < digits.numberEnds[number]; place++) {
                    int unit = place < page.length(at) ? page.unit(at, place) + 1 : 0;
                    value = value * digits.units[place].length + digits.ofUnits[place][unit];
                }
                values[at] = value;
            }
            numbers[number] = Packed.of(values, values.length);
        }
    }

    boolean isLike(RadixPage other) {
        return digits == other.digits;
    }

    /// Orders texts of pages that are alike: digits are in the order of units, "nothing" before all.
    static int compare(RadixPage one, int at, RadixPage other, int otherAt) {
        for (int number = 0; number < one.numbers.length; number++) {
            long left = one.numbers[number].at(at);
            long right = other.numbers[number].at(otherAt);
            if (left != right) {
                return Long.compare(left, right);
            }
        }
        return 0;
    }

    private int begin(int number) {
        return number == 0 ? 0 : digits.numberEnds[number - 1];
    }

    @Override
    public String text(int at) {
        byte[] text = new byte[digits.units.length];
        int length = 0;
        for (int number = 0; number < numbers.length; number++) {
            long value = numbers[number].at(at);
            for (int place = digits.numberEnds[number] - 1; place >= begin(number); place--) {
                byte[] units = digits.units[place];
                long rest = digits.bases.quotient(value, place);
                byte unit = units[(int) (value - rest * units.length)];
                value = rest;
                if (unit != NOTHING) {
                    text[place] = unit;
                    length = Math.max(length, place + 1);
                }
            }
        }
        return new String(text, 0, length, StandardCharsets.ISO_8859_1);
    }

    /// From the last unit to the first, as they come out of the numbers.
    @Override
    public long hash(int at) {
        long sum = 0;
        long weight = 1;
        for (int number = numbers.length - 1; number >= 0; number--) {
            long value = numbers[number].at(at);
            for (int place = digits.numberEnds[number] - 1; place >= begin(number); place--) {
                byte[] units = digits.units[place];
                long rest = digits.bases.quotient(value, place);
                byte unit = units[(int) (value - rest * units.length)];
                value = rest;
                if (unit != NOTHING) {
                    sum += weight * Ascii.lower(unit);
                    weight *= TextIndex.BASE;
                }
            }
        }
        return TextIndex.mixed(sum);
    }

    @Override
    public boolean is(int at, String text) {
        int length = text.length();
        if (length > digits.units.length) {
            return false;
        }
        for (int number = 0; number < numbers.length; number++) {
            long value = 0;
            for (int place = begin(number); place < digits.numberEnds[number]; place++) {
                int unit = place < length ? text.charAt(place) + 1 : 0;
                int digit = unit > 128 ? -1 : digits.ofUnits[place][unit];
                if (digit < 0) {
                    return false;
                }
                value = value * digits.units[place].length + digit;
            }
            if (value != numbers[number].at(at)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void find(Needle needle, int from, int to, IntConsumer hit) {
        for (int at = from; at < to; at++) {
            if (needle.isIn(text(at))) {
                hit.accept(at);
            }
        }
    }

    @Override
    public long retainedBytes() {
        long bytes = 96 + 4L * digits.numberEnds.length;
        for (Packed number : numbers) {
            bytes += number.retainedBytes();
        }
        for (int place = 0; isFirst && place < digits.units.length; place++) {
            bytes += 209 + digits.units[place].length;
        }
        return bytes;
    }
}
