package ai.pathbound.mcp.backend;

import ai.pathbound.mcp.errors.ErrorCode;
import java.time.Duration;

/// What came of sending one request.
sealed interface Exchange {
    /// An HTTP answer arrived whole.
    record Answered(RestAnswer answer) implements Exchange {}

    /// The request never left, so nothing came of it.
    record NotSent(ErrorCode code, Duration retryAfter) implements Exchange {}

    /// The request was sent, and then nothing more was heard.
    record Lost() implements Exchange {}
}
