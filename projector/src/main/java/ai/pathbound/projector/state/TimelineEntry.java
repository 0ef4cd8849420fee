package ai.pathbound.projector.state;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.streams.errors.ProcessorStateException;

/// What a timeline row says beside its key: enough to list it without reading the document.
///
///     format(1) = 1 | source | name | url | title, each as two length bytes and modified UTF-8
///
/// @param source system the change came from
/// @param name event name, or the word of the kind for other entries
/// @param url page of an event, else empty; cut at [#TEXT_MAX] characters
/// @param title page title, subject or start of a note, else empty; cut likewise
public record TimelineEntry(String source, String name, String url, String title) {
    static final int TEXT_MAX = 2000;
    private static final byte FORMAT = 1;

    public TimelineEntry {
        source = clip(source);
        name = clip(name);
        url = clip(url);
        title = clip(title);
    }

    public byte[] row() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(
                16 + source.length() + name.length() + url.length() + title.length());
        bytes.write(FORMAT);
        write(source, bytes);
        write(name, bytes);
        write(url, bytes);
        write(title, bytes);
        return bytes.toByteArray();
    }

    /// Nearly all texts are ASCII, which is the same in UTF-8.
    private static void write(String text, ByteArrayOutputStream to) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        if (utf8.length == text.length() && text.indexOf(0) < 0) {
            to.write(utf8.length >>> Byte.SIZE);
            to.write(utf8.length);
            to.writeBytes(utf8);
            return;
        }
        try (DataOutputStream out = new DataOutputStream(to)) {
            out.writeUTF(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static TimelineEntry of(byte[] row) {
        if (row.length == 0 || row[0] != FORMAT) {
            throw new ProcessorStateException("timeline row of unknown format");
        }
        ByteBuffer rest = ByteBuffer.wrap(row, 1, row.length - 1);
        try {
            return new TimelineEntry(text(row, rest), text(row, rest), text(row, rest),
                    text(row, rest));
        } catch (BufferUnderflowException | IllegalArgumentException | IOException e) {
            throw new ProcessorStateException("a timeline row is cut short", e);
        }
    }

    /// The next text. Nearly all are ASCII and are taken as they are; reading UTF copies them twice.
    private static String text(byte[] row, ByteBuffer rest) throws IOException {
        int begin = rest.position();
        int length = Short.toUnsignedInt(rest.getShort());
        int end = rest.position() + length;
        rest.position(end);
        if (isAscii(row, end - length, end)) {
            return new String(row, end - length, length, StandardCharsets.ISO_8859_1);
        }
        try (DataInputStream in = new DataInputStream(
                new ByteArrayInputStream(row, begin, end - begin))) {
            return in.readUTF();
        }
    }

    private static boolean isAscii(byte[] row, int begin, int end) {
        int all = 0;
        for (int i = begin; i < end; i++) {
            all |= row[i];
        }
        return all >= 0;
    }

    private static String clip(String text) {
        return text.length() <= TEXT_MAX ? text : text.substring(0, TEXT_MAX);
    }
}
