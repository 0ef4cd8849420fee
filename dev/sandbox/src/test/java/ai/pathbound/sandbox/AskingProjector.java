package ai.pathbound.sandbox;

import ai.pathbound.projector.ClusterSettings;
import ai.pathbound.projector.FollowSettings;
import ai.pathbound.projector.Projector;
import ai.pathbound.projector.ProjectorSettings;
import ai.pathbound.projector.query.Answer;
import ai.pathbound.projector.query.Question;
import ai.pathbound.projector.tables.TablesLimits;
import java.nio.file.Path;
import java.util.Map;

/// A projector to be killed that is asked about a set all the time, so that its tables are loaded and
/// stored piece by piece; prints each answer.
final class AskingProjector {
    /// A few rows, so that tables are sealed and stored all the time; bytes for what comes in a second.
    private static final TablesLimits SMALL = new TablesLimits(40, 100_000, 1 << 30);

    private AskingProjector() {}

    public static void main(String[] arguments) throws InterruptedException {
        try (Projector projector = Projector
                .start(settings(arguments[0], arguments[1], Path.of(arguments[2])))) {
            while (true) {
                boolean answered = projector.readModel()
                        .ask(arguments[3], new Question.EventTypes()) instanceof Answer.Found;
                System.out.println(answered ? "answered" : "waiting");
                Thread.sleep(50);
            }
        }
    }

    static ProjectorSettings settings(String bootstrapServers, String application, Path stateDir) {
        return new ProjectorSettings(bootstrapServers, application, stateDir, 2, 32 << 20, SMALL,
                64 << 20, Map.of(),
                ClusterSettings.ALONE, FollowSettings.DEFAULT);
    }
}
