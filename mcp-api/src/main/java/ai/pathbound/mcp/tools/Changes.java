package ai.pathbound.mcp.tools;

import ai.pathbound.projector.query.Question;
import ai.pathbound.projector.query.Question.Entity;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;

/// Cursors for programs that ask the same thing again and again. A cursor is a digest of the question
/// and of the state of the data it is answered from. The same cursor means the same answer; another
/// one may, too: it also differs after a restart, and after changes the question does not look at.
final class Changes {
    static final Parameter SINCE = Parameter
            .text(
                    "changed_since",
                    "For polling: ai.pathbound/changed_cursor from _meta of the same call before. If"
                            + " nothing changed, the answer is only {unchanged: true}.")
            .upTo(100);
    private static final Set<Entity> ALL = Set.of(Entity.values());
    private static final int CURSOR_BYTES = 18;

    private Changes() {}

    /// What tells whether the answer to a question can have changed; empty where nothing does.
    static Optional<Question.Version> version(Question question) {
        return switch (question) {
            // Summaries tell the newest activity, of which notes and messages are part.
            case Question.ListContacts list ->
                Optional.of(list.summary() ? of(ALL, true) : of(people(), false));
            case Question.ListCompanies list ->
                Optional.of(list.summary() ? of(ALL, true) : of(people(), false));
            case Question.ListEvents _,Question.EventStats _ -> Optional.of(of(ALL, false));
            case Question.EventTypes _ -> Optional.of(of(Set.of(Entity.EVENTS), false));
            case Question.Aggregate aggregate -> Optional.of(switch (aggregate.entity()) {
                case CONTACTS, COMPANIES -> of(people(), false);
                case EVENTS -> of(ALL, false);
            });
            case Question.OfOne _,Question.Outline _,Question.Version _ -> Optional.empty();
        };
    }

    private static Set<Entity> people() {
        return Set.of(Entity.CONTACTS, Entity.COMPANIES);
    }

    private static Question.Version of(Set<Entity> entities, boolean others) {
        return new Question.Version(entities, others);
    }

    /// The cursor of an answer.
    ///
    /// @param version state of the data, read before the answer
    static String cursor(String tenant, Question question, int bytesMax, String version) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(
                            (tenant + '\n' + version + '\n' + bytesMax + '\n' + question)
                                    .getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(Arrays.copyOf(digest, CURSOR_BYTES));
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException("every JDK has SHA-256", absent);
        }
    }
}
