package ai.pathbound.mcp;

import ai.pathbound.projector.query.Answer;
import ai.pathbound.projector.query.Question;
import ai.pathbound.projector.query.ReadModel;
import ai.pathbound.schemas.topics.ChangeKey;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Answers once it is told to.
final class SlowReadModel implements ReadModel {
    private final ReadModel answers = new FixedReadModel();
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch finish = new CountDownLatch(1);

    @Override
    public Answer ask(String tenant, Question question) {
        asked.countDown();
        awaitOrFail(finish);
        return answers.ask(tenant, question);
    }

    @Override
    public boolean awaitVersion(ChangeKey key, long version, Duration atMost) {
        return true;
    }

    void awaitCall() {
        awaitOrFail(asked);
    }

    void finish() {
        finish.countDown();
    }

    private static void awaitOrFail(CountDownLatch latch) {
        try {
            if (!latch.await(20, TimeUnit.SECONDS)) {
                throw new IllegalStateException("nobody came");
            }
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
