package ai.pathbound.projector.state;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

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
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(64 + url.length() + title.length());
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(FORMAT);
            out.writeUTF(source);
            out.writeUTF(name);
            out.writeUTF(url);
            out.writeUTF(title);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    public static TimelineEntry of(byte[] row) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(row))) {
            byte format = in.readByte();
            if (format != FORMAT) {
                throw new IOException("timeline row of unknown format " + format);
            }
            return new TimelineEntry(in.readUTF(), in.readUTF(), in.readUTF(), in.readUTF());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String clip(String text) {
        return text.length() <= TEXT_MAX ? text : text.substring(0, TEXT_MAX);
    }
}
