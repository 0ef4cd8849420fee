package ai.pathbound.projector;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pathbound.projector.query.Answer;
import ai.pathbound.projector.query.Question;
import ai.pathbound.projector.state.Keys;
import ai.pathbound.schemas.topics.ChangeKey;
import ai.pathbound.schemas.topics.EntityKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The moment at which tables are handed from the thread that filled them to all others.
class FillingTest {
    private static final int TENANTS = 20;
    private static final int EVENTS = 1_500;
    private static final Bytes CHECKPOINT = Bytes
            .wrap(Keys.checkpoint("asked", EntityKind.EVENT));

    @Test
    void everyRow_isThereOnce_whileTablesAreHandedOver(@TempDir Path state) {
        try (ExecutorService filler = Executors.newSingleThreadExecutor();
                TestProjector projector = TestProjector.filledBy(state, filler)) {
            for (int tenant = 0; tenant < TENANTS; tenant++) {
                for (int event = 0; event < EVENTS; event++) {
                    send(projector, "tenant-" + tenant, event);
                }
            }
            for (int tenant = 0; tenant < TENANTS; tenant++) {
                String name = "tenant-" + tenant;
                assertThat(events(projector, name)).as(name).isEqualTo(EVENTS);
                send(projector, name, EVENTS);
                assertThat(events(projector, name)).as(name).isEqualTo(EVENTS + 1);
            }
        }
    }

    @Test
    void tablesThatAreStored_areOpenedWithoutAnyoneAsking(@TempDir Path state) {
        List<Runnable> toDo = new ArrayList<>();
        try (TestProjector projector = TestProjector.filledBy(state, toDo::add)) {
            for (int event = 0; event < EVENTS; event++) {
                send(projector, "asked", event);
                send(projector, "silent", event);
            }
            assertThat(projector.ask("asked", new Question.EventTypes()))
                    .isInstanceOf(Answer.Rebuilding.class);
            toDo.removeFirst().run();
            while (projector.store().get(CHECKPOINT) == null) {
                projector.advance(Duration.ofSeconds(1));
            }

            projector.restartTables();
            assertThat(toDo).hasSize(1);
            toDo.removeFirst().run();
            assertThat(events(projector, "asked")).isEqualTo(EVENTS);
            assertThat(toDo).isEmpty();
        }
    }

    private static long events(TestProjector projector, String tenant) {
        return projector.json(tenant, new Question.EventTypes())
                .at("/event_types/0/count")
                .asLong();
    }

    private static void send(TestProjector projector, String tenant, int number) {
        ChangeKey key = new ChangeKey(tenant, EntityKind.EVENT, "evt_" + number);
        projector.send(
                key,
                Changes.encode(
                        key,
                        1,
                        Changes.event(
                                "page_view",
                                Changes.START.plus(Duration.ofMinutes(number)),
                                null,
                                "vis_" + number % 7,
                                Map.of())));
    }
}
