package ai.pathbound.projector.columns.encoding;

import ai.pathbound.projector.columns.DamagedException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// Bytes of a page of dictionary entries with neighbouring codes.
///
///     first code(4) | entries(4) | text …
public final class DictionaryCodec {
    private DictionaryCodec() {}

    /// A page of entries.
    public record Page(int firstCode, List<String> texts) {
        public Page {
            texts = List.copyOf(texts);
        }
    }

    public static byte[] encode(Page page) {
        ByteWriter out = new ByteWriter();
        out.putInt(page.firstCode());
        out.putInt(page.texts().size());
        page.texts().forEach(out::putText);
        return Frame.of(Frame.DICTIONARY, out);
    }

    /// Checks and reads a page.
    ///
    /// @throws DamagedException if the bytes are no page
    public static Page decode(byte[] bytes) {
        ByteBuffer in = Frame.body(Frame.DICTIONARY, bytes);
        try {
            int firstCode = in.getInt();
            int count = ByteReader.count(in, 4);
            List<String> texts = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                texts.add(ByteReader.text(in));
            }
            Frame.checkEnd(in);
            return new Page(firstCode, texts);
        } catch (BufferUnderflowException e) {
            throw new DamagedException("dictionary page is cut off", e);
        }
    }
}
