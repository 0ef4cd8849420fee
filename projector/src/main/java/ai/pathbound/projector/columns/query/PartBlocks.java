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

/// The blocks one question reads of one part. A derived operand gives codes for the rows that are asked
/// for, or a block like any other where all are needed.
final class PartBlocks {
    private final TableView view;
    private final Part part;
    private final QueryCache cache;
    private final Map<Operand, List<Typed>> blocks = new HashMap<>();
    private final Map<Operand, DerivedCodes> derived = new HashMap<>();

    PartBlocks(TableView view, Part part, QueryCache cache) {
        this.cache = cache;
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
                case Operand.Mapped _,Operand.Owner _ -> made(operand);
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

    private @Nullable CodeBlock texts(String field) {
        for (Typed typed : of(new Operand.Field(field))) {
            if (typed.kind() == Kind.TEXT && typed.block() instanceof CodeBlock codes) {
                return codes;
            }
        }
        return null;
    }

    /// The codes of an operand that is no field, made for the rows that are asked for only.
    DerivedCodes derived(Operand operand) {
        DerivedCodes found = derived.get(operand);
        if (found == null) {
            found = switch (operand) {
                case Operand.Field _ -> throw new IllegalArgumentException("not derived: "
                        + operand);
                case Operand.Mapped(Operand.Field from, CodeMap map) -> DerivedCodes
                        .mapped(texts(from.name()), map, cache);
                case Operand.Mapped(Operand from, CodeMap map) -> derived(from).through(map);
                case Operand.Owner owner -> DerivedCodes.owners(
                        texts(owner.contact()),
                        owner.live(),
                        texts(owner.visitor()),
                        owner.claims(),
                        cache);
            };
            derived.put(operand, found);
        }
        return found;
    }

    /// What the codes of an operand that is no field mean.
    static Dictionary target(Operand operand) {
        return switch (operand) {
            case Operand.Field _ -> throw new IllegalArgumentException("not derived: " + operand);
            case Operand.Mapped(Operand _, CodeMap map) -> map.target();
            case Operand.Owner owner -> owner.claims().target();
        };
    }

    private List<Typed> made(Operand operand) {
        int rows = part.rows();
        int[] codes = new int[rows];
        if (rows > 0) {
            derived(operand).read(new int[]{0}, rows, true, codes, new int[rows]);
        }
        Targets targets = new Targets();
        for (int i = 0; i < rows; i++) {
            codes[i] = targets.local(codes[i]);
        }
        return List.of(new Typed(Kind.TEXT, targets.block(codes), target(operand)));
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
