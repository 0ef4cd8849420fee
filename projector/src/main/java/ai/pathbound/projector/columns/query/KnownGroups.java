package ai.pathbound.projector.columns.query;

import ai.pathbound.projector.columns.ColumnId;
import ai.pathbound.projector.columns.Kind;
import ai.pathbound.projector.columns.Segment;
import ai.pathbound.projector.columns.block.CodeBlock;
import ai.pathbound.projector.columns.block.CodeSums;
import ai.pathbound.projector.columns.block.LongBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;

/// What a part has counted and summed up by the only key of a question, for its live rows, without
/// reading others than dead ones.
final class KnownGroups {
    private final PartBlocks blocks;
    private final GroupShape shape;
    private final Operand.Field key;
    private final PartBlocks.Typed typed;
    private final CodeBlock codes;
    private final long[] rows;

    private KnownGroups(PartBlocks blocks,
            GroupShape shape,
            Operand.Field key,
            PartBlocks.Typed typed,
            CodeBlock codes) {
        this.blocks = blocks;
        this.shape = shape;
        this.key = key;
        this.typed = typed;
        this.codes = codes;
        char[] counts = codes.counts();
        this.rows = new long[counts.length];
        for (int local = 0; local < rows.length; local++) {
            rows[local] = counts[local];
        }
        forEachDead(row -> rows[(int) codes.locals().at(row)]--);
    }

    /// Empty if the part has not counted the rows.
    static Optional<KnownGroups> of(PartBlocks blocks, GroupShape shape) {
        if (shape.keys().size() != 1
                || !(shape.keys().getFirst() instanceof Key.Values(Operand.Field field))) {
            return Optional.empty();
        }
        List<PartBlocks.Typed> typed = blocks.of(field);
        return typed.size() == 1 && typed.getFirst().block() instanceof CodeBlock codes
                && codes.hasCounts()
                        ? Optional.of(
                                new KnownGroups(blocks, shape, field, typed.getFirst(), codes))
                        : Optional.empty();
    }

    /// Live rows by local code of the key.
    long[] rows() {
        return rows;
    }

    /// Adds all that is asked for to a table; false, and nothing is added, if not all of it is known.
    boolean addTo(GroupTable table) {
        Optional<List<Summed>> sums = shape.distincts().isEmpty() ? sums() : Optional.empty();
        if (sums.isEmpty()) {
            return false;
        }
        for (int local = 0; local < rows.length; local++) {
            if (rows[local] > 0) {
                int tag = local == 0 ? 0 : typed.kind().tag();
                int group = table.groupOf(tag, codes.global(local));
                table.addCount(group, rows[local]);
                for (Summed some : sums.get()) {
                    some.addTo(table, local, group);
                }
            }
        }
        return true;
    }

    private Optional<List<Summed>> sums() {
        List<Summed> sums = new ArrayList<>();
        for (int index = 0; index < shape.numbers().size(); index++) {
            Operand operand = shape.numbers().get(index);
            if (!(operand instanceof Operand.Field(String name)) || shape.hasExtremes(operand)) {
                return Optional.empty();
            }
            for (PartBlocks.Typed each : blocks.of(operand)) {
                if (each.block() instanceof LongBlock numbers) {
                    Optional<CodeSums> known = blocks.part()
                            .segment()
                            .flatMap(segment -> sums(segment, new ColumnId(name, each.kind())));
                    if (known.isEmpty()) {
                        return Optional.empty();
                    }
                    sums.add(live(index, known.get(), numbers));
                }
            }
        }
        return Optional.of(sums);
    }

    private Optional<CodeSums> sums(Segment segment, ColumnId numbers) {
        return segment.sums(numbers, new ColumnId(key.name(), typed.kind()));
    }

    private Summed live(int index, CodeSums of, LongBlock numbers) {
        Summed live = new Summed(index, of, rows.length);
        forEachDead(row -> live.takeOff((int) codes.locals().at(row), numbers.at(row)));
        return live;
    }

    private void forEachDead(IntConsumer taking) {
        blocks.part().dead().forEach(blocks.part().rows(), taking);
    }

    /// Whole numbers of live rows and their sums, by local code.
    private static final class Summed {
        private final int index;
        private final long[] counts;
        private final long[] sums;

        private Summed(int index, CodeSums of, int codes) {
            this.index = index;
            this.counts = new long[codes];
            this.sums = new long[codes];
            for (int local = 0; local < codes; local++) {
                counts[local] = of.count(local);
                sums[local] = of.sum(local);
            }
        }

        private void takeOff(int local, long number) {
            if (number != LongBlock.MISSING) {
                counts[local]--;
                sums[local] -= number;
            }
        }

        private void addTo(GroupTable table, int local, int group) {
            if (counts[local] > 0) {
                table.numbers(index).of(Kind.WHOLE).addSum(group, counts[local], sums[local]);
            }
        }
    }
}
