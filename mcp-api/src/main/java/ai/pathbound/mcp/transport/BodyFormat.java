package ai.pathbound.mcp.transport;

import ai.pathbound.mcp.errors.Reason;
import ai.pathbound.mcp.errors.Refusal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/// The check of what a body is said to be. Only JSON in UTF-8 is taken, as it is: read by another
/// charset it would be another text, and what unpacks a body has to be bounded once more.
final class BodyFormat {
    private static final Set<String> CHARSETS = Set.of("utf-8", "utf8", "us-ascii");

    private BodyFormat() {}

    /// Why the body cannot be read; empty if it can.
    static Optional<Refusal> refusal(HttpHeaders headers) {
        if (!isIdentity(headers.getOrEmpty(HttpHeaders.CONTENT_ENCODING))) {
            return refusal(
                    "The body must not be compressed; leave Content-Encoding out.");
        }
        return isJson(headers.getOrEmpty(HttpHeaders.CONTENT_TYPE))
                ? Optional.empty()
                : refusal(
                        "The body must be JSON in UTF-8, with the header"
                                + " Content-Type: application/json.");
    }

    private static Optional<Refusal> refusal(String message) {
        return Optional.of(Refusal.of(Reason.UNSUPPORTED_MEDIA_TYPE, message));
    }

    private static boolean isIdentity(List<String> encodings) {
        return encodings.stream()
                .flatMap(line -> List.of(line.split(",", -1)).stream())
                .map(String::strip)
                .allMatch(name -> name.isEmpty() || name.equalsIgnoreCase("identity"));
    }

    /// Clients that name no type mean JSON: there is nothing else.
    private static boolean isJson(List<String> types) {
        if (types.isEmpty()) {
            return true;
        }
        if (types.size() > 1) {
            return false;
        }
        try {
            MediaType type = MediaType.parseMediaType(types.getFirst());
            String charset = Optional.ofNullable(type.getParameter("charset")).orElse("utf-8");
            return type.equalsTypeAndSubtype(MediaType.APPLICATION_JSON)
                    && CHARSETS.contains(charset.replace("\"", "").toLowerCase(Locale.ROOT));
        } catch (InvalidMediaTypeException none) {
            return false;
        }
    }
}
