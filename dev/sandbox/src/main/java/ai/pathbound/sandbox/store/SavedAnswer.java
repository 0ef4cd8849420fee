package ai.pathbound.sandbox.store;

/// The first answer to a request that carried an `Idempotency-Key`.
///
/// @param request digest of the request the answer was for
public record SavedAnswer(String request, int status, String body) {}
