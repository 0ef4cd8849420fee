package ai.pathbound.sandbox.seed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.pathbound.sandbox.store.Change;
import ai.pathbound.sandbox.store.EventFilter;
import ai.pathbound.sandbox.store.Truth;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeedingTest {
    private static final SeedPlan PLAN = new SeedPlan(7, "acme", 200, 30, 5_000,
            Instant.parse("2026-06-01T00:00:00Z"));

    @TempDir
    Path data;

    @Test
    void interruptedSeeding_continuesToTheSameChanges() {
        List<Change> expected = new ArrayList<>();
        try (Truth truth = Truth.open(data)) {
            new Generator(PLAN).generate(expected::add);
            assertThatThrownBy(() -> new Seeding(truth).seed(List.of(PLAN), _ -> {
                throw new IllegalStateException("cut off");
            })).hasMessage("cut off");
        }
        try (Truth truth = Truth.open(data)) {
            new Seeding(truth).seed(List.of(PLAN), _ -> {
            });
            assertThat(truth.countEvents(new EventFilter("acme"))).isEqualTo(5_000);
            assertThat(truth.pending(100_000)
                    .stream()
                    .map(row -> new String(row.keyBytes(),
                            java.nio.charset.StandardCharsets.UTF_8))
                    .toList())
                    .isEqualTo(expected.stream().map(change -> change.key().toString()).toList());
        }
    }
}
