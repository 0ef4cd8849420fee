package ai.pathbound.projector.columns.encoding;

import ai.pathbound.projector.columns.DamagedException;
import ai.pathbound.projector.columns.block.Block;
import ai.pathbound.projector.columns.block.CodeBlock;
import ai.pathbound.projector.columns.block.LongBlock;
import ai.pathbound.projector.columns.block.Packed;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/// Bytes of one block.
///
///     CODES: segment(8) | rows(4) | codes(4) | code(4) … | width(1) | local code(width) …
///     CODE_RUN: segment(8) | rows(4) | first code(4): the code of each row is one more
///     LONGS: segment(8) | rows(4) | base(8) | width(1) | distance(width) …
///
/// The segment is in the bytes so that a block stored under a wrong key is noticed.
public final class BlockCodec {
    private BlockCodec() {}

    public static byte[] encode(long segment, Block block) {
        ByteWriter out = new ByteWriter();
        out.putLong(segment);
        out.putInt(block.rows());
        return switch (block) {
            case CodeBlock codes when codes.isRun() -> {
                out.putInt(codes.code(0));
                yield Frame.of(Frame.CODE_RUN, out);
            }
            case CodeBlock codes -> {
                out.putInt(codes.localCount());
                for (int local = 0; local < codes.localCount(); local++) {
                    out.putInt(codes.global(local));
                }
                out.putPacked(codes.locals());
                yield Frame.of(Frame.CODES, out);
            }
            case LongBlock longs -> {
                out.putLong(longs.base());
                out.putPacked(longs.packed());
                yield Frame.of(Frame.LONGS, out);
            }
        };
    }

    /// Checks and reads a block.
    ///
    /// @throws DamagedException if the bytes are not a block of this segment with so many rows
    public static Block decode(long segment, int rows, byte[] bytes) {
        byte form = Frame.form(bytes);
        ByteBuffer in = Frame.body(bytes);
        try {
            long foundSegment = in.getLong();
            int foundRows = in.getInt();
            if (foundSegment != segment || foundRows != rows) {
                throw new DamagedException("block of segment " + foundSegment + " with " + foundRows
                        + " rows where segment " + segment + " has " + rows);
            }
            Block block = switch (form) {
                case Frame.CODES -> codes(in, rows);
                case Frame.CODE_RUN -> run(in, rows);
                case Frame.LONGS -> longs(in, rows);
                default -> throw new DamagedException("form " + form + " is no block");
            };
            Frame.checkEnd(in);
            return block;
        } catch (BufferUnderflowException e) {
            throw new DamagedException("block of segment " + segment + " is cut off", e);
        }
    }

    private static CodeBlock codes(ByteBuffer in, int rows) {
        int[] globals = new int[ByteReader.count(in, 4)];
        for (int local = 0; local < globals.length; local++) {
            globals[local] = in.getInt();
            if (local == 0 ? globals[0] != 0 : globals[local] <= globals[local - 1]) {
                throw new DamagedException("local code " + local + " is " + globals[local]);
            }
        }
        Packed locals = ByteReader.packed(in, rows);
        for (int row = 0; row < rows; row++) {
            if (locals.at(row) >= globals.length || locals.at(row) < 0) {
                throw new DamagedException("row " + row + " has local code " + locals.at(row));
            }
        }
        return new CodeBlock(locals, globals);
    }

    private static CodeBlock run(ByteBuffer in, int rows) {
        int firstCode = in.getInt();
        if (rows < 1 || firstCode < 1 || firstCode > Integer.MAX_VALUE - rows) {
            throw new DamagedException(rows + " codes from " + firstCode);
        }
        return CodeBlock.run(firstCode, rows);
    }

    private static LongBlock longs(ByteBuffer in, int rows) {
        long base = in.getLong();
        return new LongBlock(ByteReader.packed(in, rows), base);
    }
}
