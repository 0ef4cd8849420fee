package ai.pathbound.sandbox.seed;

import ai.pathbound.sandbox.store.Change;
import ai.pathbound.sandbox.store.Truth;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Stores generated data in bounded transactions, each of which also notes how far it has come: a
/// run that was cut off continues with the first change that is not stored.
public final class Seeding {
    private static final int BATCH_CHANGES = 2_000;
    private static final String DONE = "done";

    private final Truth truth;

    public Seeding(Truth truth) {
        this.truth = truth;
    }

    /// The end of the generated history: this one at first, then always the same.
    public Instant anchor(Instant proposed) {
        return truth.write(() -> {
            Instant anchor = truth.recall("anchor").map(Instant::parse).orElse(proposed);
            truth.remember("anchor", anchor.toString());
            return anchor;
        });
    }

    /// Stores what is missing. A data folder keeps to the plan it was begun with.
    public void seed(SeedPlan plan, Consumer<String> progress) {
        String mark = "seeded/" + plan.tenant();
        String stored = truth.recall(mark).orElse("0");
        if (stored.equals(DONE)) {
            progress.accept(plan.tenant() + ": data is there");
            return;
        }
        String planMark = "plan/" + plan.tenant();
        String begun = truth.recall(planMark).orElse(plan.toString());
        if (!begun.equals(plan.toString())) {
            throw new IllegalStateException(
                    "seeding was begun with " + begun + ", not with " + plan);
        }
        var batches = new Batches(planMark, plan, Long.parseLong(stored), progress);
        new Generator(plan).generate(batches);
        batches.finish();
    }

    /// Skips what is stored and writes the rest batch by batch.
    private final class Batches implements Consumer<Change> {
        private final String planMark;
        private final SeedPlan plan;
        private final long stored;
        private final Consumer<String> progress;
        private final List<Change> batch = new ArrayList<>(BATCH_CHANGES);
        private long generated;

        private Batches(String planMark, SeedPlan plan, long stored, Consumer<String> progress) {
            this.planMark = planMark;
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
                truth.remember(planMark, plan.toString());
                truth.remember("seeded/" + plan.tenant(), mark);
                return batch.size();
            });
            batch.clear();
        }
    }
}
