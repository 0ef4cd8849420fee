package ai.pathbound.projector.columns.query;

import ai.pathbound.projector.columns.Dictionary;
import ai.pathbound.projector.columns.Kind;
import ai.pathbound.projector.columns.block.CodeBlock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An operand that has codes of one kind in a part, as the table's codes of chosen rows.
sealed interface CodeColumn {
    Kind kind();

    /// Codes are below this.
    int codesEnd();

    /// The codes of chosen rows, 0 where there is none; `rows` is a run from `rows[0]` if `isRun`.
    void read(int[] rows, int count, boolean isRun, int[] out, int[] scratch);

    /// Empty if the operand has values of several kinds in this part, or other values than codes.
    static Optional<CodeColumn> of(PartBlocks blocks, Operand operand) {
        if (!(operand instanceof Operand.Field)) {
            return Optional.of(
                    new Derived(blocks.derived(operand),
                            PartBlocks.target(operand).size() + 1));
        }
        List<PartBlocks.Typed> typed = blocks.of(operand);
        return typed.size() == 1 && typed.getFirst().block() instanceof CodeBlock block
                ? Optional.of(
                        new Plain(typed.getFirst().kind(), block,
                                end(typed.getFirst().dictionary())))
                : Optional.empty();
    }

    private static int end(@Nullable Dictionary dictionary) {
        return dictionary == null ? Kind.FALSE_CODE + 2 : dictionary.size() + 1;
    }

    /// The codes of a block.
    record Plain(Kind kind, CodeBlock block, int codesEnd) implements CodeColumn {
        @Override
        public void read(int[] rows, int count, boolean isRun, int[] out, int[] scratch) {
            if (isRun) {
                block.locals().read(rows[0], count, out);
            } else {
                block.locals().gather(rows, count, out);
            }
            block.toGlobals(out, count);
        }
    }

    /// The codes a block is mapped to.
    record Derived(DerivedCodes codes, int codesEnd) implements CodeColumn {
        @Override
        public Kind kind() {
            return Kind.TEXT;
        }

        @Override
        public void read(int[] rows, int count, boolean isRun, int[] out, int[] scratch) {
            codes.read(rows, count, isRun, out, scratch);
        }
    }
}
