package ai.pathbound.projector.columns;

/// What the values of one typed column are. The order is the sort order between kinds.
public enum Kind {
    WHOLE(1), FLOATING(2), TIME(3), BOOLEAN(4), TEXT(5), JSON(6);

    /// Tags are below this.
    public static final int TAGS_END = 7;

    /// The code of `false` in a boolean column; `true` is one more, 0 is missing.
    public static final int FALSE_CODE = 1;

    private static final Kind[] BY_TAG = {WHOLE, FLOATING, TIME, BOOLEAN, TEXT, JSON};

    private final int tag;

    Kind(int tag) {
        this.tag = tag;
    }

    /// What stands for the kind in bytes and keys, 1 or more; never changes its meaning.
    public int tag() {
        return tag;
    }

    public static Kind ofTag(int tag) {
        if (tag < 1 || tag >= TAGS_END) {
            throw new IllegalArgumentException("kind tag must be 1 to 6: " + tag);
        }
        return BY_TAG[tag - 1];
    }

    /// Whether cells hold small codes of a dictionary instead of 64-bit values.
    public boolean isCoded() {
        return switch (this) {
            case BOOLEAN, TEXT, JSON -> true;
            case WHOLE, FLOATING, TIME -> false;
        };
    }

    public boolean isNumber() {
        return this == WHOLE || this == FLOATING;
    }

    /// The bits of an uncoded value, ordered as the values are. `Long.MIN_VALUE` is never one of them.
    public static long bits(Value value) {
        return switch (value) {
            case Value.Whole(long number) -> number;
            case Value.Floating(double number) -> ordered(number);
            case Value.Time(long epochMillis) -> epochMillis;
            case Value.Bool _,Value.Text _,Value.Json _ -> throw new IllegalArgumentException(
                    "a coded value has no bits: " + value);
        };
    }

    /// The value of an uncoded kind's bits.
    public Value value(long bits) {
        return switch (this) {
            case WHOLE -> new Value.Whole(bits);
            case FLOATING -> new Value.Floating(floating(bits));
            case TIME -> new Value.Time(bits);
            case BOOLEAN, TEXT, JSON -> throw new IllegalStateException("coded kind " + this);
        };
    }

    /// The bits of a double, flipped so that signed comparison of longs orders them as doubles.
    public static long ordered(double number) {
        long bits = Double.doubleToLongBits(number);
        return bits ^ ((bits >> 63) & Long.MAX_VALUE);
    }

    public static double floating(long ordered) {
        return Double.longBitsToDouble(ordered ^ ((ordered >> 63) & Long.MAX_VALUE));
    }
}
