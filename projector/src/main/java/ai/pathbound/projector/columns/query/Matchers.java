package ai.pathbound.projector.columns.query;

import ai.pathbound.projector.columns.Dictionary;
import ai.pathbound.projector.columns.Kind;
import ai.pathbound.projector.columns.Value;
import ai.pathbound.projector.columns.text.Needle;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The leaves of filters as matchers. Texts are matched on the dictionary, once for each text.
final class Matchers {
    private static final CodeSet NO_CODES = CodeSet.owning(new BitSet());
    private static final JsonMapper JSON = JsonMapper.shared();

    private Matchers() {}

    static final class Exists implements Matcher {
        @Override
        public CodeSet codes(Kind kind, @Nullable Dictionary dictionary) {
            BitSet codes = new BitSet();
            codes.set(1, 1 + (dictionary == null ? Kind.FALSE_CODE + 1 : dictionary.size()));
            return CodeSet.owning(codes);
        }

        @Override
        public Bits bits(Kind kind) {
            return Bits.ANYTHING;
        }
    }

    record In(List<Value> values, boolean ignoreCase) implements Matcher {
        static In of(Filter.In filter) {
            return new In(
                    filter.values().stream().map(Value::canonical).distinct().toList(),
                    filter.ignoreCase());
        }

        @Override
        public CodeSet codes(Kind kind, @Nullable Dictionary dictionary) {
            BitSet codes = new BitSet();
            for (Value value : values) {
                if (value.kind() == kind) {
                    switch (value) {
                        case Value.Bool(boolean truth) -> codes
                                .set(truth ? Kind.FALSE_CODE + 1 : Kind.FALSE_CODE);
                        case Value.Text(String text) -> add(codes, text, dictionary);
                        case Value.Json(String text) -> addExactly(codes, text, dictionary);
                        case Value.Whole _,Value.Floating _,Value.Time _ -> {
                        }
                    }
                }
            }
            return CodeSet.owning(codes);
        }

        private void add(BitSet codes, String text, @Nullable Dictionary dictionary) {
            if (!ignoreCase || dictionary == null) {
                addExactly(codes, text, dictionary);
                return;
            }
            dictionary.findIgnoringCase(text, codes::set);
        }

        private static void addExactly(BitSet codes, String text, @Nullable Dictionary dictionary) {
            int code = dictionary == null ? 0 : dictionary.find(text);
            if (code != 0) {
                codes.set(code);
            }
        }

        @Override
        public Bits bits(Kind kind) {
            long[] sorted = values.stream()
                    .filter(value -> value.kind() == kind)
                    .mapToLong(Kind::bits)
                    .sorted()
                    .toArray();
            return switch (sorted.length) {
                case 0 -> Bits.NOTHING;
                case 1 -> new Bits.Between(sorted[0], sorted[0]);
                default -> new Bits.Some(sorted);
            };
        }
    }

    /// Texts by their codes.
    record Codes(CodeSet codes) implements Matcher {
        @Override
        public CodeSet codes(Kind kind, @Nullable Dictionary dictionary) {
            return kind == Kind.TEXT ? codes : NO_CODES;
        }

        @Override
        public Bits bits(Kind kind) {
            return Bits.NOTHING;
        }
    }

    record Range(Filter.Range range) implements Matcher {
        @Override
        public CodeSet codes(Kind kind, @Nullable Dictionary dictionary) {
            return NO_CODES;
        }

        @Override
        public Bits bits(Kind kind) {
            if (kind == Kind.TIME != range.isOfTimes()) {
                return Bits.NOTHING;
            }
            if (RangeEnds.isBeyondAll(kind, range.from(), range.fromInclusive())) {
                return Bits.NOTHING;
            }
            return new Bits.Between(
                    RangeEnds.low(kind, range.from(), range.fromInclusive()),
                    RangeEnds.high(kind, range.to(), range.toInclusive()));
        }
    }

    /// A test of single texts, whatever stands in others; equal tests accept the same texts.
    sealed interface OfText extends Matcher {
        /// Sets the codes after `after` up to `last` whose texts are accepted.
        void accepted(Kind kind, Dictionary dictionary, int after, int last, BitSet codes);

        /// The text that is looked for.
        String text();

        @Override
        default CodeSet codes(Kind kind, @Nullable Dictionary dictionary) {
            return dictionary == null
                    ? NO_CODES
                    : new TextMatches(new QueryCache(0), Workers.NONE)
                            .of(this, kind, dictionary);
        }

        @Override
        default Bits bits(Kind kind) {
            return Bits.NOTHING;
        }
    }

    record Contains(String lower) implements OfText {
        @Override
        public String text() {
            return lower;
        }

        @Override
        public void accepted(Kind kind, Dictionary dictionary, int after, int last, BitSet codes) {
            if (kind == Kind.TEXT) {
                dictionary.findContaining(new Needle(lower), after, last, codes::set);
            }
        }
    }

    record HasMember(String member) implements OfText {
        @Override
        public String text() {
            return member;
        }

        @Override
        public void accepted(Kind kind, Dictionary dictionary, int after, int last, BitSet codes) {
            for (int code = after + 1; code <= last && kind == Kind.JSON; code++) {
                if (members(dictionary.text(code)).contains(member)) {
                    codes.set(code);
                }
            }
        }

        private static List<String> members(String json) {
            List<String> members = new ArrayList<>();
            JsonNode node = JSON.readTree(json);
            if (node.isArray()) {
                for (JsonNode element : node) {
                    if (element.isString()) {
                        members.add(element.stringValue());
                    }
                }
            }
            return members;
        }
    }

    /// Ends of a range in the bits of a kind, both inclusive.
    static final class RangeEnds {
        private RangeEnds() {}

        /// Whether every value of a kind is below an end: no bits are left to say so.
        static boolean isBeyondAll(Kind kind, Optional<Value> from, boolean inclusive) {
            if (from.isEmpty()) {
                return false;
            }
            Value end = from.get().canonical();
            return kind == end.kind()
                    ? !inclusive && Kind.bits(end) == Long.MAX_VALUE
                    : kind == Kind.WHOLE && end instanceof Value.Floating(double number)
                            && number >= 0x1p63;
        }

        static long low(Kind kind, Optional<Value> from, boolean inclusive) {
            if (from.isEmpty()) {
                return Long.MIN_VALUE + 1;
            }
            Value end = from.get().canonical();
            if (kind == end.kind()) {
                long bits = Kind.bits(end);
                return inclusive ? bits : bits == Long.MAX_VALUE ? bits : bits + 1;
            }
            return switch (end) {
                // A whole number's double may be rounded; a fraction is never equal to it.
                case Value.Whole(long number) -> firstDouble(number, inclusive);
                case Value.Floating(double number) -> number >= 0x1p63
                        ? Long.MAX_VALUE
                        : Math.max(Long.MIN_VALUE + 1, (long) Math.ceil(number));
                case Value.Text _,Value.Bool _,Value.Json _,Value.Time _ -> Long.MAX_VALUE;
            };
        }

        static long high(Kind kind, Optional<Value> to, boolean inclusive) {
            if (to.isEmpty()) {
                return Long.MAX_VALUE;
            }
            Value end = to.get().canonical();
            if (kind == end.kind()) {
                long bits = Kind.bits(end);
                return inclusive ? bits : Math.max(bits - 1, Long.MIN_VALUE);
            }
            return switch (end) {
                case Value.Whole(long number) -> lastDouble(number, inclusive);
                case Value.Floating(double number) -> number < -0x1p63
                        ? Long.MIN_VALUE
                        : (long) Math.floor(number);
                case Value.Text _,Value.Bool _,Value.Json _,Value.Time _ -> Long.MIN_VALUE;
            };
        }

        private static long firstDouble(long number, boolean inclusive) {
            double near = (double) number;
            int order = new java.math.BigDecimal(near)
                    .compareTo(java.math.BigDecimal.valueOf(number));
            boolean isIn = order > 0 || (order == 0 && inclusive);
            return Kind.ordered(isIn ? near : Math.nextUp(near));
        }

        private static long lastDouble(long number, boolean inclusive) {
            double near = (double) number;
            int order = new java.math.BigDecimal(near)
                    .compareTo(java.math.BigDecimal.valueOf(number));
            boolean isIn = order < 0 || (order == 0 && inclusive);
            return Kind.ordered(isIn ? near : Math.nextDown(near));
        }
    }
}
