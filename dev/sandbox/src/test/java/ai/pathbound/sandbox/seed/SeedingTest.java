package ai.pathbound.sandbox.seed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.pathbound.sandbox.store.Change;
import ai.pathbound.sandbox.store.EventFilter;
import ai.pathbound.sandbox.store.Truth;
import ai.pathbound.schemas.topics.EntityKind;
import java.nio.charset.StandardCharsets;
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
                            StandardCharsets.UTF_8))
                    .toList())
                    .isEqualTo(expected.stream().map(change -> change.key().toString()).toList());
        }
    }

    @Test
    void otherSettingsLater_keepTheDataOfTheFirst_andSaySo() {
        var other = new SeedPlan(8, "acme", 500, 60, 9_000, PLAN.anchor().plusSeconds(86_400));
        List<String> said = new ArrayList<>();
        try (Truth truth = Truth.open(data)) {
            assertThatThrownBy(() -> new Seeding(truth).seed(List.of(PLAN), _ -> {
                throw new IllegalStateException("cut off");
            })).hasMessage("cut off");
        }
        try (Truth truth = Truth.open(data)) {
            new Seeding(truth).seed(List.of(other), said::add);
            assertThat(truth.countEvents(new EventFilter("acme"))).isEqualTo(5_000);
            assertThat(truth.all("acme", EntityKind.CONTACT)).hasSize(200);
            assertThat(said.getFirst()).contains("keeps to 200 contacts", "asked for: 500");
        }
    }

    @Test
    void sameSettingsOnALaterDay_sayNothing() {
        List<String> said = new ArrayList<>();
        try (Truth truth = Truth.open(data)) {
            var seeding = new Seeding(truth);
            seeding.seed(List.of(PLAN), _ -> {
            });
            seeding.seed(
                    List.of(
                            new SeedPlan(7, "acme", 200, 30, 5_000,
                                    PLAN.anchor().plusSeconds(86_400))),
                    said::add);
        }
        assertThat(said).containsExactly("acme: data is there");
    }
}
