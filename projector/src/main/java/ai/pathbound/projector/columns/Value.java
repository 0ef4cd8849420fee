package ai.pathbound.projector.columns;

import java.time.Instant;

/// One value of a cell. A missing value has no instance: it is an absent key or an empty `Optional`.
public sealed interface Value {
    /// A text; compared by its UTF-16 units.
    record Text(String text) implements Value {}

    /// A whole number.
    record Whole(long number) implements Value {}

    /// A number with a fraction, or too large for a whole one.
    record Floating(double number) implements Value {
        public Floating {
            if (Double.isNaN(number) || Double.isInfinite(number)) {
                throw new IllegalArgumentException("number must be finite: " + number);
            }
        }
    }

    /// True or false.
    record Bool(boolean truth) implements Value {}

    /// A point in time, in whole milliseconds of the epoch.
    record Time(long epochMillis) implements Value {
        public Time {
            if (epochMillis == Long.MIN_VALUE) {
                throw new IllegalArgumentException("time out of range: " + epochMillis);
            }
        }

        public Instant instant() {
            return Instant.ofEpochMilli(epochMillis);
        }
    }

    /// A list or an object as its canonical JSON text.
    record Json(String text) implements Value {}

    static Value text(String text) {
        return new Text(text);
    }

    static Value number(long number) {
        return new Whole(number).canonical();
    }

    static Value number(double number) {
        return new Floating(number).canonical();
    }

    static Value bool(boolean truth) {
        return new Bool(truth);
    }

    static Value time(Instant instant) {
        return new Time(instant.toEpochMilli());
    }

    static Value json(String text) {
        return new Json(text);
    }

    /// The one spelling of equal numbers: 5.0 is the whole number 5, so that they group together. The
    /// smallest long is a double, since its bits mean "missing" in a block.
    default Value canonical() {
        return switch (this) {
            case Floating(double number) when number == Math.rint(number)
                    && Math.abs(number) < 0x1p63 ->
                new Whole((long) number);
            case Whole(long number) when number == Long.MIN_VALUE -> new Floating(-0x1p63);
            case Text _,Whole _,Floating _,Bool _,Time _,Json _ -> this;
        };
    }

    default Kind kind() {
        return switch (this) {
            case Text _ -> Kind.TEXT;
            case Whole _ -> Kind.WHOLE;
            case Floating _ -> Kind.FLOATING;
            case Bool _ -> Kind.BOOLEAN;
            case Time _ -> Kind.TIME;
            case Json _ -> Kind.JSON;
        };
    }
}
