package ai.pathbound.mcp;

import ai.pathbound.projector.query.Answer;
import ai.pathbound.projector.query.Question;
import ai.pathbound.projector.query.ReadModel;
import ai.pathbound.schemas.topics.ChangeKey;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Gives fixed answers and remembers what it was asked.
final class RecordingReadModel implements ReadModel {
    private final ReadModel answers = new FixedReadModel();
    private final List<Question> asked = new CopyOnWriteArrayList<>();

    @Override
    public Answer ask(String tenant, Question question) {
        if (!(question instanceof Question.Version)) {
            asked.add(question);
        }
        return answers.ask(tenant, question);
    }

    @Override
    public boolean awaitVersion(ChangeKey key, long version, Duration atMost) {
        return true;
    }

    /// What was asked since the last time, which is then forgotten.
    List<Question> asked() {
        List<Question> since = List.copyOf(asked);
        asked.clear();
        return since;
    }
}
