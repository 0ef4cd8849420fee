package ai.pathbound.mcp.guide;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// The texts below `guide/` on the class path.
final class Texts {
    private Texts() {}

    static String load(String file) {
        try (InputStream stream = Texts.class.getResourceAsStream("/guide/" + file)) {
            if (stream == null) {
                throw new IllegalStateException("guide/" + file + " is not on the class path");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
