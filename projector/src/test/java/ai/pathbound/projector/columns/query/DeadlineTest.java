package ai.pathbound.projector.columns.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/// Whoever asks can be interrupted, and all threads at work on the question then stop.
final class DeadlineTest {
    @Test
    void interruptOfOneThread_endsTheWorkOfAll() {
        Deadline deadline = Deadline.none();
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(deadline::check).isInstanceOf(AbandonedException.class);
        } finally {
            assertThat(Thread.interrupted()).as("left for others to see").isTrue();
        }
        assertThatThrownBy(deadline::check).isInstanceOf(AbandonedException.class);
    }
}
