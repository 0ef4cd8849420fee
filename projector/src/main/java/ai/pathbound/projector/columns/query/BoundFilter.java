package ai.pathbound.projector.columns.query;

import ai.pathbound.projector.columns.ColumnId;
import ai.pathbound.projector.columns.Dictionary;
import ai.pathbound.projector.columns.Kind;
import ai.pathbound.projector.columns.Part;
import ai.pathbound.projector.columns.TableView;
import ai.pathbound.projector.columns.block.CodeBlock;
import ai.pathbound.projector.columns.block.ColumnStats;
import ai.pathbound.projector.columns.block.LongBlock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// A filter bound to one view: texts are looked up in dictionaries once, then every part gets a mask.
/// Statistics decide whole parts without reading their blocks.
sealed interface BoundFilter {
    Mask on(PartBlocks blocks);

    /// Whether the range of a column's values alone says that no row of a part passes.
    default boolean rulesOut(TableView view, Part part) {
        return false;
    }

    static BoundFilter of(Filter filter, TextMatches texts) {
        return switch (filter) {
            case Filter.All(List<Filter> filters) -> new All(
                    filters.stream().map(each -> of(each, texts)).toList());
            case Filter.Any(List<Filter> filters) -> new Any(
                    filters.stream().map(each -> of(each, texts)).toList());
            case Filter.Not(Filter inner) -> new Not(of(inner, texts));
            case Filter.In in -> new Leaf(texts, in.operand(), Matchers.In.of(in));
            case Filter.Range range -> new Leaf(texts, range.operand(), new Matchers.Range(range));
            case Filter.Exists(Operand operand) -> new Leaf(texts, operand, new Matchers.Exists());
            case Filter.Contains(Operand operand, String part) -> new Leaf(texts, operand,
                    new Matchers.Contains(part.toLowerCase(Locale.ROOT)));
            case Filter.HasMember(Operand operand, String member) -> new Leaf(texts, operand,
                    new Matchers.HasMember(member));
            case Filter.InCodes(Operand operand, CodeSet codes) -> new Leaf(texts, operand,
                    new Matchers.Codes(codes));
        };
    }

    record All(List<BoundFilter> filters) implements BoundFilter {
        @Override
        public Mask on(PartBlocks blocks) {
            List<Mask> masks = new ArrayList<>();
            for (BoundFilter filter : filters) {
                Mask mask = filter.on(blocks);
                if (mask.equals(Mask.Constant.NONE)) {
                    return mask;
                }
                masks.add(mask);
            }
            return Mask.all(masks);
        }

        @Override
        public boolean rulesOut(TableView view, Part part) {
            return filters.stream().anyMatch(filter -> filter.rulesOut(view, part));
        }
    }

    record Any(List<BoundFilter> filters) implements BoundFilter {
        @Override
        public Mask on(PartBlocks blocks) {
            return Mask.any(filters.stream().map(filter -> filter.on(blocks)).toList());
        }
    }

    record Not(BoundFilter filter) implements BoundFilter {
        @Override
        public Mask on(PartBlocks blocks) {
            return Mask.not(filter.on(blocks));
        }
    }

    /// One operand and what is accepted of it.
    final class Leaf implements BoundFilter {
        /// Codes passed over in the time it takes to look one up.
        private static final int SEARCH_STEPS = 8;

        private final TextMatches texts;
        private final Operand operand;
        private final Matcher matcher;
        private final Map<Kind, CodeSet> codes = new ConcurrentHashMap<>();

        Leaf(TextMatches texts, Operand operand, Matcher matcher) {
            this.texts = texts;
            this.operand = operand;
            this.matcher = matcher;
        }

        @Override
        public Mask on(PartBlocks blocks) {
            if (operand instanceof Operand.Field(String name)) {
                List<Mask> masks = new ArrayList<>();
                for (Kind kind : blocks.view().kinds(name)) {
                    masks.add(field(blocks, new ColumnId(name, kind)));
                }
                return Mask.any(masks);
            }
            return derived(blocks);
        }

        @Override
        public boolean rulesOut(TableView view, Part part) {
            if (!(matcher instanceof Matchers.Range)
                    || !(operand instanceof Operand.Field(String name))) {
                return false;
            }
            for (Kind kind : view.kinds(name)) {
                ColumnStats stats = part.stats(new ColumnId(name, kind));
                if (stats != null && !kind.isCoded()
                        && !(matcher.bits(kind) instanceof Matcher.Bits.Between between
                                && isRuledOut(part, stats, between))) {
                    return false;
                }
            }
            return true;
        }

        private Mask derived(PartBlocks blocks) {
            CodeSet accepted = accepted(Kind.TEXT, PartBlocks.target(operand));
            if (accepted.isEmpty()) {
                return Mask.Constant.NONE;
            }
            DerivedCodes derived = blocks.derived(operand);
            return derived.hasOne(accepted)
                    ? new Mask.Derived(derived, accepted)
                    : Mask.Constant.NONE;
        }

        private Mask field(PartBlocks blocks, ColumnId id) {
            Part part = blocks.part();
            ColumnStats stats = part.stats(id);
            if (stats == null) {
                return Mask.Constant.NONE;
            }
            if (id.kind().isCoded()) {
                CodeSet accepted = accepted(id.kind(), blocks.view().dictionary(id));
                if (accepted.isEmpty() || isRuledOut(stats, accepted)) {
                    return Mask.Constant.NONE;
                }
                return part.block(id) instanceof CodeBlock block
                        ? codes(block, accepted)
                        : Mask.Constant.NONE;
            }
            return switch (matcher.bits(id.kind())) {
                case Matcher.Bits.Between between -> between(part, id, stats, between);
                case Matcher.Bits.Some some -> part.block(id) instanceof LongBlock block
                        ? new Mask.OneOf(block, some.sorted())
                        : Mask.Constant.NONE;
            };
        }

        private static Mask between(Part part,
                ColumnId id,
                ColumnStats stats,
                Matcher.Bits.Between between) {
            if (isRuledOut(part, stats, between)) {
                return Mask.Constant.NONE;
            }
            if (stats.missing() == 0 && stats.min() >= between.low()
                    && stats.max() <= between.high()) {
                return Mask.Constant.ALL;
            }
            return part.block(id) instanceof LongBlock block
                    ? new Mask.Between(block, between.low(), between.high())
                    : Mask.Constant.NONE;
        }

        private static boolean isRuledOut(Part part,
                ColumnStats stats,
                Matcher.Bits.Between between) {
            return between.low() > between.high() || stats.missing() == part.rows()
                    || stats.max() < between.low() || stats.min() > between.high();
        }

        private static boolean isRuledOut(ColumnStats stats, CodeSet accepted) {
            if (!stats.hasHistogram()) {
                return false;
            }
            for (int i = 1; i < stats.histogramSize(); i++) {
                if (accepted.contains(stats.code(i))) {
                    return false;
                }
            }
            return true;
        }

        private CodeSet accepted(Kind kind, @Nullable Dictionary dictionary) {
            // An operand has one dictionary for each kind.
            return codes.computeIfAbsent(
                    kind,
                    _ -> matcher instanceof Matchers.OfText test && dictionary != null
                            ? texts.of(test, kind, dictionary)
                            : matcher.codes(kind, dictionary));
        }

        private static Mask codes(CodeBlock block, CodeSet accepted) {
            int[] hits = new int[Math.min(accepted.size(), block.localCount()) + 1];
            int found = 0;
            if ((long) accepted.size() * SEARCH_STEPS < block.localCount()) {
                found = block.locals(accepted::after, hits);
            } else {
                for (int local = 1; local < block.localCount(); local++) {
                    if (accepted.contains(block.global(local))) {
                        hits[found++] = local;
                    }
                }
            }
            return found == 0
                    ? Mask.Constant.NONE
                    : new Mask.Codes(block, Arrays.copyOf(hits, found));
        }
    }
}
