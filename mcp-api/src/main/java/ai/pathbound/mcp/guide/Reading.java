package ai.pathbound.mcp.guide;

import java.time.Duration;

/// What came of reading a resource.
public sealed interface Reading {
    /// Its contents.
    record Found(Contents contents) implements Reading {}

    /// No such resource, or not for this caller, which is the same.
    record Absent() implements Reading {}

    /// Nobody can tell just now; worth asking again later.
    record NotNow(String message, Duration retryAfter) implements Reading {}
}
