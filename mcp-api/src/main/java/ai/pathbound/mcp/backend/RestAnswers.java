package ai.pathbound.mcp.backend;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// Reads the backend's answers: status codes and JSON members to outcomes, in one place.
final class RestAnswers {
    private RestAnswers() {}

    static AuthStatus authStatus(RestAnswer answer) {
        JsonNode body = answer.body();
        if (answer.isSuccess()) {
            return body.path("authenticated").asBoolean(false)
                    ? known(body)
                    : new AuthStatus.Unknown();
        }
        return switch (answer.status()) {
            case 401 -> new AuthStatus.Unknown();
            case 403 -> body.path("requires_email_verification").asBoolean(false)
                    ? new AuthStatus.Unverified()
                    : new AuthStatus.Forbidden();
            default ->
                new AuthStatus.Unreachable(answer.retryAfter().orElse(Duration.ofSeconds(2)));
        };
    }

    private static AuthStatus known(JsonNode body) {
        Set<String> scopes = new HashSet<>();
        body.path("scopes").forEach(scope -> scopes.add(scope.asString("")));
        JsonNode user = body.path("user");
        return new AuthStatus.Known(
                user.path("tenant_id").asString(""),
                user.path("user_id").asString(""),
                scopes);
    }

    static WriteOutcome write(RestAnswer answer,
            String entity,
            String idField,
            String idempotencyKey) {
        if (answer.isSuccess()) {
            JsonNode written = answer.body().path(entity);
            String id = written.path(idField).asString("");
            return id.isEmpty()
                    ? new WriteOutcome.Unknown(idempotencyKey)
                    : new WriteOutcome.Done(written, id, written.path("version").asLong(0));
        }
        String said = answer.body().path("error").asString("");
        return switch (answer.status()) {
            case 400, 422 ->
                refused(answer, "validation_failed", said, "The backend refused the values.");
            case 401 -> refused(
                    answer,
                    "unauthorized",
                    "",
                    "The backend does not accept this credential any longer.");
            case 403 -> refused(answer, "forbidden", said, "The credential does not allow this.");
            case 404 -> refused(answer, "not_found", said, "There is no such entity.");
            case 409 -> refused(answer, "duplicate", said, "It exists already.");
            case 429 -> refused(
                    answer,
                    "rate_limited",
                    "",
                    "The backend's rate limit is used up; try again later.");
            case 503 -> unavailable(answer.retryAfter().orElse(Duration.ofSeconds(2)));
            default -> answer.status() >= 500
                    ? new WriteOutcome.Unknown(idempotencyKey)
                    : refused(answer, "refused", "", "The backend refused the request.");
        };
    }

    static WriteOutcome unavailable(Duration retryAfter) {
        return new WriteOutcome.Refused(503, "backend_unavailable",
                "The backend cannot be reached; nothing was written.", List.of(),
                Optional.of(retryAfter));
    }

    private static WriteOutcome refused(RestAnswer answer,
            String code,
            String said,
            String otherwise) {
        List<WriteOutcome.Field> fields = new ArrayList<>();
        answer.body()
                .path("details")
                .forEach(
                        detail -> fields.add(
                                new WriteOutcome.Field(detail.path("field").asString(""),
                                        detail.path("message").asString("is not valid"))));
        return new WriteOutcome.Refused(answer.status(), code, said.isEmpty() ? otherwise : said,
                fields, answer.retryAfter());
    }
}
