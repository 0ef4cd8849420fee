package ai.pathbound.sandbox.seed;

import ai.pathbound.sandbox.store.Change;
import ai.pathbound.sandbox.store.Truth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Stores generated data in bounded transactions, each of which also notes how far it has come: a
/// run that was cut off continues with the first change that is not stored.
public final class Seeding {
    private static final int BATCH_CHANGES = 5_000;
    private static final String DONE = "done";

    private final Truth truth;

    public Seeding(Truth truth) {
        this.truth = truth;
    }

    /// The plan this data folder keeps to: the first one ever asked for. Data of two plans would
    /// not fit together, so later settings do not change it.
    public SeedPlan plan(SeedPlan wanted) {
        String name = "plan/" + wanted.tenant();
        return truth.write(() -> {
            Optional<String> kept = truth.recall(name);
            if (kept.isEmpty()) {
                truth.remember(name, wanted.toText());
            }
            return kept.map(text -> SeedPlan.ofText(wanted.tenant(), text)).orElse(wanted);
        });
    }

    /// Stores what is missing of the plans this folder keeps to, and says so if those are not the
    /// wanted ones.
    public void seed(List<SeedPlan> wanted, Consumer<String> progress) {
        List<SeedPlan> missing = new ArrayList<>();
        for (SeedPlan want : wanted) {
            SeedPlan plan = plan(want);
            if (want.asksForOther(plan)) {
                progress.accept(
                        plan.tenant() + ": this data folder keeps to " + plan.size()
                                + " (asked for: " + want.size()
                                + "); an empty folder begins anew");
            }
            if (stored(plan).equals(DONE)) {
                progress.accept(plan.tenant() + ": data is there");
            } else {
                missing.add(plan);
            }
        }
        if (!missing.isEmpty()) {
            truth.load(() -> missing.forEach(plan -> seed(plan, progress)));
        }
    }

    private void seed(SeedPlan plan, Consumer<String> progress) {
        var batches = new Batches(plan, Long.parseLong(stored(plan)), progress);
        new Generator(plan).generate(batches);
        batches.finish();
    }

    private String stored(SeedPlan plan) {
        return truth.recall("seeded/" + plan.tenant()).orElse("0");
    }

    /// Skips what is stored and writes the rest batch by batch.
    private final class Batches implements Consumer<Change> {
        private final SeedPlan plan;
        private final long stored;
        private final Consumer<String> progress;
        private final List<Change> batch = new ArrayList<>(BATCH_CHANGES);
        private long generated;

        private Batches(SeedPlan plan, long stored, Consumer<String> progress) {
            this.plan = plan;
            this.stored = stored;
            this.progress = progress;
        }

        @Override
        public void accept(Change change) {
            if (generated++ < stored) {
                return;
            }
            batch.add(change);
            if (batch.size() == BATCH_CHANGES) {
                write(Long.toString(generated));
                progress.accept(plan.tenant() + ": " + generated + " changes stored");
            }
        }

        private void finish() {
            write(DONE);
            progress.accept(plan.tenant() + ": all " + generated + " changes stored");
        }

        private void write(String mark) {
            truth.write(() -> {
                truth.apply(batch);
                truth.remember("seeded/" + plan.tenant(), mark);
                return batch.size();
            });
            batch.clear();
        }
    }
}
