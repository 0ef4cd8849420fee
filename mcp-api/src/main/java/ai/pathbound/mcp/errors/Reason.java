package ai.pathbound.mcp.errors;

import java.util.Locale;

/// Why an HTTP request is refused as a whole, each with its status. The words are a contract like those
/// of [ErrorCode], and `docs/errors.md` explains each.
public enum Reason {
    /// The request is not one that can be read.
    INVALID_REQUEST(400),
    /// There is no credential.
    UNAUTHORIZED(401),
    /// The credential is unknown, expired or revoked.
    INVALID_TOKEN(401),
    /// The credential may not be used here.
    FORBIDDEN(403),
    /// The credential lacks a scope.
    INSUFFICIENT_SCOPE(403),
    /// A web page from elsewhere sends the request.
    FOREIGN_ORIGIN(403),
    /// There is nothing under this path.
    NOT_FOUND(404),
    /// The path takes other methods.
    METHOD_NOT_ALLOWED(405),
    /// The body did not come in time.
    TIMEOUT(408),
    /// The body is too large.
    TOO_LARGE(413),
    /// The body is not JSON in UTF-8, or it is compressed.
    UNSUPPORTED_MEDIA_TYPE(415),
    /// The host name is not one of this server's.
    FOREIGN_HOST(421),
    /// A limit of this server is used up.
    RATE_LIMITED(429),
    /// A defect of this server.
    INTERNAL(500),
    /// The server cannot answer just now.
    UNAVAILABLE(503);

    private final int status;

    Reason(int status) {
        this.status = status;
    }

    public int status() {
        return status;
    }

    /// The reason as it goes over the wire.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
