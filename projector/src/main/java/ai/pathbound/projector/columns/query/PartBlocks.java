package ai.pathbound.projector.columns.query;

import ai.pathbound.projector.columns.ColumnId;
import ai.pathbound.projector.columns.Dictionary;
import ai.pathbound.projector.columns.Kind;
import ai.pathbound.projector.columns.Part;
import ai.pathbound.projector.columns.TableView;
import ai.pathbound.projector.columns.block.Block;
import ai.pathbound.projector.columns.block.CodeBlock;
import ai.pathbound.projector.columns.block.LongIds;
import ai.pathbound.projector.columns.block.Packed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The blocks one question reads of one part. A derived operand becomes a block like any other: its
/// local codes are mapped once for each distinct code, not for each row.
final class PartBlocks {
    private final TableView view;
    private final Part part;
    private final Map<Operand, List<Typed>> blocks = new HashMap<>();

    PartBlocks(TableView view, Part part) {
        this.view = view;
        this.part = part;
    }

    /// A block, and what its codes mean.
    record Typed(Kind kind, Block block, @Nullable Dictionary dictionary) {}

    Part part() {
        return part;
    }

    TableView view() {
        return view;
    }

    /// One block for each kind the operand has in this part; a row has a value in one of them at most.
    List<Typed> of(Operand operand) {
        List<Typed> found = blocks.get(operand);
        if (found == null) {
            found = switch (operand) {
                case Operand.Field(String name) -> field(name);
                case Operand.Mapped(Operand from, CodeMap map) -> mapped(from, map);
                case Operand.Owner owner -> owner(owner);
            };
            blocks.put(operand, found);
        }
        return found;
    }

    private List<Typed> field(String name) {
        List<Typed> found = new ArrayList<>();
        for (Kind kind : view.kinds(name)) {
            ColumnId id = new ColumnId(name, kind);
            Block block = part.block(id);
            if (block != null) {
                found.add(new Typed(kind, block, view.dictionary(id)));
            }
        }
        return found;
    }

    private @Nullable CodeBlock texts(Operand operand) {
        for (Typed typed : of(operand)) {
            if (typed.kind() == Kind.TEXT && typed.block() instanceof CodeBlock codes) {
                return codes;
            }
        }
        return null;
    }

    private List<Typed> mapped(Operand from, CodeMap map) {
        CodeBlock source = texts(from);
        if (source == null) {
            return List.of();
        }
        Targets targets = new Targets();
        int[] to = new int[source.localCount()];
        for (int local = 0; local < to.length; local++) {
            to[local] = targets.local(map.map(source.global(local)));
        }
        int[] locals = new int[source.rows()];
        source.locals().read(0, locals.length, locals);
        for (int i = 0; i < locals.length; i++) {
            locals[i] = to[locals[i]];
        }
        return List.of(new Typed(Kind.TEXT, targets.block(locals), map.target()));
    }

    private List<Typed> owner(Operand.Owner owner) {
        int rows = part.rows();
        CodeBlock contacts = texts(new Operand.Field(owner.contact()));
        CodeBlock visitors = texts(new Operand.Field(owner.visitor()));
        Targets targets = new Targets();
        int[] locals = new int[rows];
        if (visitors != null) {
            int[] to = new int[visitors.localCount()];
            for (int local = 0; local < to.length; local++) {
                to[local] = targets.local(owner.claims().map(visitors.global(local)));
            }
            visitors.locals().read(0, rows, locals);
            for (int i = 0; i < rows; i++) {
                locals[i] = to[locals[i]];
            }
        }
        if (contacts != null) {
            int[] to = new int[contacts.localCount()];
            for (int local = 0; local < to.length; local++) {
                int code = contacts.global(local);
                to[local] = targets.local(owner.live().contains(code) ? code : 0);
            }
            int[] named = new int[rows];
            contacts.locals().read(0, rows, named);
            for (int i = 0; i < rows; i++) {
                if (named[i] != 0) {
                    locals[i] = to[named[i]];
                }
            }
        }
        return List.of(new Typed(Kind.TEXT, targets.block(locals), owner.claims().target()));
    }

    /// The distinct codes of a derived block; 0 first.
    private static final class Targets {
        private final LongIds ids = new LongIds(64);

        private Targets() {
            local(0);
        }

        private int local(int code) {
            return ids.idOf(code);
        }

        private CodeBlock block(int[] locals) {
            int[] globals = new int[ids.size()];
            for (int i = 0; i < globals.length; i++) {
                globals[i] = (int) ids.value(i);
            }
            return new CodeBlock(Packed.of(locals, locals.length), globals);
        }
    }
}
