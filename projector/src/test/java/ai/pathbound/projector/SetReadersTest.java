package ai.pathbound.projector;

import static ai.pathbound.projector.GeneratedHistory.TENANT;
import static org.assertj.core.api.Assertions.assertThat;

import ai.pathbound.projector.query.Question.EventOrder;
import ai.pathbound.projector.query.Question.EventSort;
import ai.pathbound.projector.query.Question.ListEvents;
import ai.pathbound.projector.query.Question.Page;
import ai.pathbound.schemas.topics.ChangeKey;
import ai.pathbound.schemas.topics.EntityKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Readers of sets while changes come in.
class SetReadersTest {
    private static final int EVENTS = 2_000;

    @Test
    void countsLieBetweenBeforeAndAfter(@TempDir Path state) throws Exception {
        AtomicInteger begun = new AtomicInteger();
        AtomicInteger done = new AtomicInteger();
        try (TestProjector projector = new TestProjector(state);
                ExecutorService readers = Executors.newFixedThreadPool(2)) {
            List<Future<?>> ends = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                ends.add(readers.submit(() -> {
                    while (done.get() < EVENTS) {
                        int before = done.get();
                        var answer = projector.json(TENANT, LIST);
                        int count = answer.at("/total").asInt(-1);
                        assertThat(count).isBetween(before, begun.get());
                        assertThat(answer.at("/events").size()).isEqualTo(Math.min(count, 5));
                    }
                }));
            }
            for (int i = 0; i < EVENTS; i++) {
                begun.incrementAndGet();
                ChangeKey key = new ChangeKey(TENANT, EntityKind.EVENT, "evt_" + i);
                projector.send(
                        key,
                        Changes.encode(
                                key,
                                1,
                                Changes.event(
                                        "name_" + i,
                                        Changes.START.plusSeconds(i),
                                        null,
                                        "vis_" + i,
                                        Map.of("n" + i % 50, (long) i))));
                done.incrementAndGet();
            }
            for (Future<?> end : ends) {
                end.get();
            }
        }
    }

    private static final ListEvents LIST = new ListEvents(SetFilters.ALL_EVENTS,
            new EventSort(EventOrder.TIMESTAMP, true), new Page(1, 5), false, false, false);
}
