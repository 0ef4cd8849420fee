package ai.pathbound.mcp.backend;

import ai.pathbound.mcp.errors.ErrorCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/// Reads the backend's answers: status codes and JSON members to outcomes, in one place.
final class RestAnswers {
    private static final Duration SOON = Duration.ofSeconds(2);

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
            case 403 -> isUnverified(answer)
                    ? new AuthStatus.Unverified()
                    : new AuthStatus.Forbidden();
            default -> new AuthStatus.Unreachable(answer.retryAfter().orElse(SOON));
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

    /// What an answer says about a write; empty if it does not tell whether it was carried out.
    static Optional<WriteOutcome> write(RestAnswer answer, Write write) {
        if (answer.isSuccess()) {
            return done(answer.body(), write).map(WriteOutcome.class::cast);
        }
        String said = answer.body().path("error").asString("");
        return switch (answer.status()) {
            case 400, 422 ->
                refused(answer,
                        ErrorCode.VALIDATION_FAILED,
                        said,
                        "The backend refused the values.");
            case 401 -> refused(
                    answer,
                    ErrorCode.UNAUTHORIZED,
                    "",
                    "The backend does not accept this credential any longer; sign in again or use"
                            + " another key.");
            case 403 -> refused(answer, ErrorCode.FORBIDDEN, said, missing(answer, write));
            case 404 -> refused(answer, ErrorCode.NOT_FOUND, said, "There is no such entity.");
            case 409 -> conflict(answer, write, said);
            case 429 -> Optional.of(
                    WriteOutcome.Refused.until(
                            ErrorCode.RATE_LIMITED,
                            "The backend's limit for this credential is used up.",
                            answer.pause()));
            // A proxy in between also answers 503, when it loses the backend in the middle of the
            // work. Only a backend that turns requests away says when to come back.
            case 503 -> answer.retryAfter()
                    .flatMap(
                            _ -> refused(
                                    answer,
                                    ErrorCode.BACKEND_UNAVAILABLE,
                                    "",
                                    "The backend takes no requests just now; nothing was written."));
            default -> answer.status() >= 500 || answer.status() == 408
                    ? Optional.empty()
                    : refused(answer, ErrorCode.REFUSED, "", "The backend refused the request.");
        };
    }

    /// Two things are in conflict: what is unique, or the key that came with another request. Notes
    /// have nothing unique.
    private static Optional<WriteOutcome> conflict(RestAnswer answer, Write write, String said) {
        boolean key = write instanceof Write.CreateNote
                || said.toLowerCase(Locale.ROOT).contains("idempotency");
        return key
                ? refused(
                        answer,
                        ErrorCode.IDEMPOTENCY_KEY_REUSED,
                        "",
                        "The idempotency_key was used with other values; leave it out or choose"
                                + " another.")
                : refused(answer, ErrorCode.DUPLICATE, said, "It exists already.");
    }

    private static Optional<WriteOutcome.Done> done(JsonNode body, Write write) {
        return switch (write) {
            case Write.DeleteNote delete -> Optional.of(
                    new WriteOutcome.Done(MissingNode.getInstance(), delete.noteId(),
                            version(body)));
            case Write.CreateContact _,Write.CreateCompany _,Write.CreateNote _ ->
                done(write, body.path(member(write)), Optional.of(1L));
            case Write.UpdateContact _,Write.UpdateCompany _,Write.UpdateNote _ ->
                done(write, body.path(member(write)), Optional.empty());
        };
    }

    /// The entity as the outcome of a write; empty if it is none.
    ///
    /// @param otherwise the version of an entity that does not tell it
    static Optional<WriteOutcome.Done> done(Write write,
            JsonNode entity,
            Optional<Long> otherwise) {
        return id(write, entity).map(
                id -> new WriteOutcome.Done(entity, id, version(entity).or(() -> otherwise)));
    }

    static Optional<String> id(Write write, JsonNode entity) {
        return Optional.of(entity.path(member(write) + "_id").asString(""))
                .filter(id -> !id.isEmpty());
    }

    /// The name of the written entity in answers, and the start of its id's.
    private static String member(Write write) {
        return switch (write) {
            case Write.CreateContact _,Write.UpdateContact _ -> "contact";
            case Write.CreateCompany _,Write.UpdateCompany _ -> "company";
            case Write.CreateNote _,Write.UpdateNote _,Write.DeleteNote _ -> "note";
        };
    }

    private static Optional<Long> version(JsonNode entity) {
        return Optional.of(entity.path("version").asLong(0)).filter(version -> version > 0);
    }

    private static String missing(RestAnswer answer, Write write) {
        if (isUnverified(answer)) {
            return "The user of this key must verify the e-mail address first.";
        }
        String scope = switch (write.kind()) {
            case COMPANY, COMPANY_NOTE -> "companies:write";
            case CONTACT, CONTACT_NOTE, CONVERSATION, MESSAGE, EVENT -> "contacts:write";
        };
        return "The backend does not allow this; the credential needs the scope " + scope + ".";
    }

    private static boolean isUnverified(RestAnswer answer) {
        return answer.body().path("requires_email_verification").asBoolean(false);
    }

    private static Optional<WriteOutcome> refused(RestAnswer answer,
            ErrorCode code,
            String said,
            String otherwise) {
        List<WriteOutcome.Field> fields = new ArrayList<>();
        answer.body()
                .path("details")
                .forEach(
                        detail -> fields.add(
                                new WriteOutcome.Field(detail.path("field").asString(""),
                                        detail.path("message").asString("is not valid"))));
        return Optional.of(
                new WriteOutcome.Refused(code, said.isEmpty() ? otherwise : said, fields,
                        answer.retryAfter(), Optional.empty()));
    }
}
