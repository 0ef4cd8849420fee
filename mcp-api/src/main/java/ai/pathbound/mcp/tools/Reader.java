package ai.pathbound.mcp.tools;

import ai.pathbound.mcp.errors.ErrorCode;
import ai.pathbound.projector.query.Answer;
import ai.pathbound.projector.query.Freshness;
import ai.pathbound.projector.query.Json;
import ai.pathbound.projector.query.Question;
import ai.pathbound.projector.query.ReadModel;
import ai.pathbound.schemas.topics.ChangeKey;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.node.ObjectNode;

/// Asks the read model off the event loop and turns its answers into results.
///
/// Questions run on platform threads of a bounded pool: RocksDB is native code, which would pin a
/// virtual thread to its carrier. Waiting for a version is mere waiting and gets a virtual thread.
@Component
final class Reader implements DisposableBean {
    private static final Logger LOG = LoggerFactory.getLogger(Reader.class);
    private static final int BYTES_PER_TOKEN = 3;
    private static final Json UNCHANGED = new Json(
            "{\"unchanged\":true}".getBytes(StandardCharsets.UTF_8));
    /// One look-up by key, of an id no event has.
    private static final Question CHEAPEST = new Question.GetEvent("none");
    private final ReadModel model;
    private final int bytesMax;
    private final BoundedReads bounded;
    private final ReadSettings settings;
    private final Scheduler questions;
    private final Scheduler waits;

    Reader(ReadModel model, ReadSettings settings) {
        this.model = model;
        bytesMax = Math.toIntExact(settings.answerMax().toBytes());
        bounded = new BoundedReads(model, bytesMax);
        this.settings = settings;
        questions = Schedulers.fromExecutorService(
                new ThreadPoolExecutor(settings.threads(), settings.threads(), 0,
                        TimeUnit.SECONDS, new LinkedBlockingQueue<>(settings.queueMax()),
                        Thread.ofPlatform().name("read-", 0).daemon().factory()));
        waits = Schedulers.fromExecutorService(Executors.newVirtualThreadPerTaskExecutor());
    }

    /// Asks on a thread of the pool. Whoever no longer waits for the result interrupts the thread,
    /// which ends the question.
    ///
    /// @param tokensMax size of the answer, if the caller wants another than usual
    /// @param since the cursor of an earlier answer to the same question
    Mono<ToolResult> ask(String tenant,
            Question question,
            Optional<Integer> tokensMax,
            Optional<String> since) {
        int max = tokensMax.map(tokens -> tokens * BYTES_PER_TOKEN).orElse(bytesMax);
        return Mono.fromCallable(() -> answer(tenant, question, max, since))
                .subscribeOn(threads(tenant));
    }

    private ToolResult answer(String tenant, Question question, int max, Optional<String> since) {
        // Before the answer: a change in between then shows as one.
        Optional<Answer> state = Changes.version(question)
                .map(version -> model.ask(tenant, version));
        Optional<String> cursor = state.flatMap(
                answer -> answer instanceof Answer.Found(Json version, _)
                        ? Optional
                                .of(Changes.cursor(tenant, question, max, version.toString()))
                        : Optional.empty());
        if (cursor.isPresent() && cursor.equals(since)) {
            return new ToolResult.Success(UNCHANGED, state.flatMap(Reader::freshness)).at(cursor);
        }
        ToolResult result = result(new BoundedReads(model, max).ask(tenant, question));
        return result instanceof ToolResult.Success success ? success.at(cursor) : result;
    }

    /// Questions that only wait for another node must not take the threads of those that read.
    private Scheduler threads(String tenant) {
        return model.isHere(tenant) ? questions : waits;
    }

    /// Makes an answer fit that did not come from the read model.
    Json fit(ObjectNode answer) {
        return bounded.fit(answer);
    }

    /// The answer as it is, for those who take it apart.
    Mono<Answer> whole(String tenant, Question question) {
        return Mono.fromCallable(() -> model.ask(tenant, question)).subscribeOn(threads(tenant));
    }

    /// Waits, within the setting, until reads show the write. Trouble counts as not visible.
    Mono<WriteToken.Seen> awaitVisible(String tenant, WriteToken token) {
        ChangeKey key = new ChangeKey(tenant, token.kind(), token.id());
        return Mono
                .fromCallable(
                        () -> model.awaitVersion(key, token.version(), settings.visibleWithin()))
                .subscribeOn(waits)
                .onErrorResume(failure -> {
                    LOG.warn("Waiting for a write to become readable failed", failure);
                    return Mono.just(false);
                })
                .map(visible -> new WriteToken.Seen(token, visible));
    }

    /// How current the tenant's answers are, if anybody can answer just now.
    Mono<Optional<Freshness>> freshness(String tenant) {
        return whole(tenant, CHEAPEST).map(Reader::freshness).onErrorResume(failure -> {
            LOG.warn("Freshness could not be read", failure);
            return Mono.just(Optional.empty());
        });
    }

    static Optional<Freshness> freshness(Answer answer) {
        return switch (answer) {
            case Answer.Found found -> Optional.of(found.freshness());
            case Answer.NotFound absent -> Optional.of(absent.freshness());
            case Answer.Invalid _,Answer.TooLarge _,Answer.Rebuilding _,Answer.Stopped _ ->
                Optional.empty();
        };
    }

    static ToolResult result(Answer answer) {
        return switch (answer) {
            case Answer.Found found ->
                new ToolResult.Success(found.json(), Optional.of(found.freshness()));
            case Answer.NotFound absent -> new ToolResult.Failure(ErrorCode.NOT_FOUND,
                    "There is no " + absent.kind() + " with the id '" + absent.id() + "'.",
                    List.of(), Optional.empty(), Optional.of(absent.freshness()));
            case Answer.Invalid invalid -> new ToolResult.Failure(ErrorCode.INVALID_ARGUMENTS,
                    "One argument is not valid: " + invalid.field() + " " + invalid.message(),
                    List.of(FieldProblem.of(invalid.field(), invalid.message())),
                    Optional.empty(), Optional.empty());
            case Answer.TooLarge large ->
                ToolResult.Failure.of(ErrorCode.TOO_LARGE, large.message());
            case Answer.Rebuilding rebuilding -> new ToolResult.Failure(ErrorCode.REBUILDING,
                    "The data is being rebuilt; ask again shortly.", List.of(),
                    Optional.of(rebuilding.retryAfter()), Optional.empty());
            case Answer.Stopped _ -> ToolResult.Failure.of(
                    ErrorCode.STOPPED,
                    "This server has stopped reading changes and needs its operator; asking again"
                            + " does not help. Tell the user.");
        };
    }

    @Override
    public void destroy() {
        questions.dispose();
        waits.dispose();
    }
}
