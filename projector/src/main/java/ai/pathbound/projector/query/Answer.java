package ai.pathbound.projector.query;

import java.time.Duration;

/// What came of a question.
public sealed interface Answer {
    /// The answer as rendered JSON, ready to be passed on.
    record Found(Json json, Freshness freshness) implements Answer {}

    /// The tenant has no such entity (or another tenant owns it, which is the same).
    ///
    /// @param kind what was looked for: `contact`, `company`, `event`
    /// @param id the id that was asked for
    record NotFound(String kind, String id, Freshness freshness) implements Answer {}

    /// An argument only the read model can judge, such as a cursor, was not valid.
    ///
    /// @param field name of the argument
    /// @param message what is wrong and what would be right
    record Invalid(String field, String message) implements Answer {}

    /// The question takes more time or memory than one may; `message` says what would make it smaller.
    record TooLarge(String message) implements Answer {}

    /// No node can answer for this tenant just now; worth asking again after `retryAfter`.
    record Rebuilding(Duration retryAfter) implements Answer {}

    /// The read model has stopped for a reason its operator has to remove; asking again does not help.
    record Stopped() implements Answer {}
}
