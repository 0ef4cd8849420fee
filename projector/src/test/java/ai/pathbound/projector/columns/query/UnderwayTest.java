package ai.pathbound.projector.columns.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UnderwayTest {
    private static final String QUESTION = "how many";

    private final Underway underway = new Underway();
    private final ExecutorService askers = Executors.newVirtualThreadPerTaskExecutor();
    private final GroupTable answer = new GroupTable(GroupShape.COUNT);
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CompletableFuture<GroupTable> found = new CompletableFuture<>();

    @AfterEach
    void stop() {
        askers.shutdownNow();
    }

    private CompletableFuture<GroupTable> ask(Deadline deadline, Supplier<GroupTable> find) {
        return CompletableFuture
                .supplyAsync(() -> underway.share(QUESTION, List.of(), deadline, find), askers);
    }

    /// An asker who has begun to find the answer, which is there when the test says so.
    private CompletableFuture<GroupTable> first() throws InterruptedException {
        CompletableFuture<GroupTable> first = ask(Deadline.none(), () -> {
            begun.countDown();
            try {
                return found.join();
            } catch (CompletionException e) {
                throw (RuntimeException) e.getCause();
            }
        });
        begun.await();
        return first;
    }

    /// An asker who has begun to wait.
    private CompletableFuture<GroupTable> second(Supplier<GroupTable> find) {
        CompletableFuture<Thread> thread = new CompletableFuture<>();
        CompletableFuture<GroupTable> second = CompletableFuture.supplyAsync(() -> {
            thread.complete(Thread.currentThread());
            return underway.share(QUESTION, List.of(), Deadline.none(), find);
        }, askers);
        while (!second.isDone()
                && thread.join().getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        return second;
    }

    @Test
    void whoAsksTheSameWaitsForTheAnswer() throws InterruptedException {
        CompletableFuture<GroupTable> first = first();
        CompletableFuture<GroupTable> second = second(() -> {
            throw new AssertionError("found twice");
        });
        found.complete(answer);
        assertThat(first.join()).isSameAs(answer);
        assertThat(second.join()).isSameAs(answer);
    }

    @Test
    void whatWasFoundIsNotKept() throws InterruptedException {
        CompletableFuture<GroupTable> first = first();
        found.complete(answer);
        first.join();
        GroupTable other = new GroupTable(GroupShape.COUNT);
        assertThat(ask(Deadline.none(), () -> other).join()).isSameAs(other);
    }

    @Test
    void theNextGoesOnWhenTheFirstGivesUp() throws InterruptedException {
        CompletableFuture<GroupTable> first = first();
        CompletableFuture<GroupTable> second = second(() -> answer);
        found.completeExceptionally(new AbandonedException("the caller has gone"));
        assertThat(second.join()).isSameAs(answer);
        assertThat(first).isCompletedExceptionally();
    }

    @Test
    void whatFailsTheFirstFailsTheOthers() throws InterruptedException {
        var _ = first();
        CompletableFuture<GroupTable> second = second(() -> answer);
        found.completeExceptionally(new TooManyGroupsException(1));
        assertThatThrownBy(second::join).hasCauseInstanceOf(TooManyGroupsException.class);
    }

    @Test
    void nobodyWaitsLongerThanItsQuestionMay() throws InterruptedException {
        CompletableFuture<GroupTable> first = first();
        assertThatThrownBy(ask(Deadline.after(Duration.ofMillis(1)), () -> answer)::join)
                .hasCauseInstanceOf(AbandonedException.class);
        found.complete(answer);
        assertThat(first.join()).isSameAs(answer);
    }
}
