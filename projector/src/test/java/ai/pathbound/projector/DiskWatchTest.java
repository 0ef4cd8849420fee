package ai.pathbound.projector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class DiskWatchTest {
    private static final Duration WITHIN = Duration.ofSeconds(30);
    private static final long LEAST = 1_000;

    private final AtomicLong free = new AtomicLong(10_000);
    private final AtomicLong looks = new AtomicLong();
    private final AtomicInteger pauses = new AtomicInteger();
    private final AtomicInteger resumes = new AtomicInteger();

    private long look() {
        looks.incrementAndGet();
        return free.get();
    }

    private void awaitNextLook() {
        long now = looks.get();
        // The second one begins when the first has been dealt with.
        await().atMost(WITHIN).until(() -> looks.get() >= now + 2);
    }

    @Test
    void littleRoom_pausesOnce_andRoomAgainResumes() {
        try (DiskWatch watch = new DiskWatch(this::look, LEAST, pauses::incrementAndGet,
                resumes::incrementAndGet)) {
            awaitNextLook();
            assertThat(watch.isPaused()).isFalse();
            free.set(LEAST - 1);
            awaitNextLook();
            assertThat(watch.isPaused()).isTrue();
            // A little above the least is not enough yet.
            free.set(LEAST + 1);
            awaitNextLook();
            assertThat(watch.isPaused()).isTrue();
            free.set(2 * LEAST);
            awaitNextLook();
            assertThat(watch.isPaused()).isFalse();
        }
        assertThat(pauses).hasValue(1);
        assertThat(resumes).hasValue(1);
    }

    @Test
    void zero_neverLooks() {
        free.set(0);
        try (DiskWatch watch = new DiskWatch(this::look, 0, pauses::incrementAndGet,
                resumes::incrementAndGet)) {
            assertThat(watch.isPaused()).isFalse();
        }
        assertThat(looks).hasValue(0);
    }
}
