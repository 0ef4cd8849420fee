package ai.pathbound.projector.columns.encoding;

import ai.pathbound.projector.columns.DamagedException;
import ai.pathbound.projector.columns.text.RadixPage;
import ai.pathbound.projector.columns.text.TextPage;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// Bytes of a page of dictionary entries with neighbouring codes.
///
///     DICTIONARY: first code(4) | entries(4) | text …
///     PACKED: first code(4) | places(1) | units(1) unit(1) … of each place | width(1) number(width) … of
///             all 4,096 texts, for as many sets of numbers as the places need
///
/// Packed pages are as they are in memory, so that opening makes no texts.
public final class DictionaryCodec {
    private DictionaryCodec() {}

    /// A page of entries.
    public sealed interface Page {
        int firstCode();

        /// How many entries it has.
        int size();

        List<String> texts();
    }

    /// Entries as texts.
    public record Texts(int firstCode, List<String> texts) implements Page {
        public Texts {
            texts = List.copyOf(texts);
        }

        @Override
        public int size() {
            return texts.size();
        }
    }

    /// A full page of entries as numbers.
    public record Packed(int firstCode, RadixPage page) implements Page {
        @Override
        public int size() {
            return TextPage.ENTRIES;
        }

        @Override
        public List<String> texts() {
            return page.texts();
        }
    }

    public static byte[] encode(Page page) {
        ByteWriter out = new ByteWriter();
        out.putInt(page.firstCode());
        return switch (page) {
            case Texts(_, List<String> texts) -> {
                out.putInt(texts.size());
                texts.forEach(out::putText);
                yield Frame.of(Frame.DICTIONARY, out);
            }
            case Packed(_, RadixPage packed) -> {
                out.putByte(packed.units().length);
                for (byte[] units : packed.units()) {
                    out.putByte(units.length);
                    for (byte unit : units) {
                        out.putByte(unit);
                    }
                }
                packed.numbers().forEach(out::putPacked);
                yield Frame.of(Frame.PACKED, out);
            }
        };
    }

    /// Checks and reads a page.
    ///
    /// @throws DamagedException if the bytes are no page
    public static Page decode(byte[] bytes) {
        byte form = Frame.form(bytes);
        ByteBuffer in = Frame.body(bytes);
        try {
            int firstCode = in.getInt();
            Page page = switch (form) {
                case Frame.DICTIONARY -> new Texts(firstCode, texts(in));
                case Frame.PACKED -> new Packed(firstCode, packed(in));
                default -> throw new DamagedException("form " + form + " is no dictionary page");
            };
            Frame.checkEnd(in);
            return page;
        } catch (BufferUnderflowException e) {
            throw new DamagedException("dictionary page is cut off", e);
        } catch (IllegalArgumentException e) {
            throw new DamagedException("numbers are no texts", e);
        }
    }

    private static List<String> texts(ByteBuffer in) {
        int count = ByteReader.count(in, 4);
        List<String> texts = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            texts.add(ByteReader.text(in));
        }
        return texts;
    }

    private static RadixPage packed(ByteBuffer in) {
        byte[][] units = new byte[Byte.toUnsignedInt(in.get())][];
        for (int place = 0; place < units.length; place++) {
            units[place] = new byte[Byte.toUnsignedInt(in.get())];
            in.get(units[place]);
        }
        return RadixPage.of(units, () -> ByteReader.packed(in, TextPage.ENTRIES));
    }
}
