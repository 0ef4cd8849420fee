package ai.pathbound.mcp.guide;

import ai.pathbound.projector.query.Freshness;
import java.util.Optional;

/// What a resource holds.
///
/// @param data the text, or base64 of the bytes
/// @param isText which of the two
/// @param freshness how current it is, where it comes from the read model
public record Contents(String uri,
        String mimeType,
        String data,
        boolean isText,
        Optional<Freshness> freshness) {
    static final String MARKDOWN = "text/markdown";
    static final String JSON = "application/json";

    /// A text that is always the same.
    public static Contents text(String uri, String mimeType, String text) {
        return new Contents(uri, mimeType, text, true, Optional.empty());
    }
}
