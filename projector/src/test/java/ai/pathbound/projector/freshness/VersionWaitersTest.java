package ai.pathbound.projector.freshness;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pathbound.schemas.topics.ChangeKey;
import ai.pathbound.schemas.topics.EntityKind;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class VersionWaitersTest {
    private static final ChangeKey ANA = new ChangeKey("acme", EntityKind.CONTACT, "ct_ana");
    private final VersionWaiters waiters = new VersionWaiters();

    @Test
    void versionThatArrives_wakesThoseWhoWaitForItOrAnOlderOne() throws InterruptedException {
        try (var second = waiters.expect(ANA, 2); var third = waiters.expect(ANA, 3)) {
            waiters.visible(ANA, 1);
            waiters.visible(new ChangeKey("globex", EntityKind.CONTACT, "ct_ana"), 9);
            assertThat(second.await(Duration.ZERO)).isFalse();
            waiters.visible(ANA, 2);
            assertThat(second.await(Duration.ZERO)).isTrue();
            assertThat(third.await(Duration.ZERO)).isFalse();
        }
        assertThat(waiters.isEmpty()).isTrue();
    }

    @Test
    void delete_wakesEveryone() throws InterruptedException {
        try (var waiter = waiters.expect(ANA, 7)) {
            waiters.visible(ANA, Long.MAX_VALUE);
            assertThat(waiter.await(Duration.ZERO)).isTrue();
        }
    }
}
