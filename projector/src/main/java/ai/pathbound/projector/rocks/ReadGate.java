package ai.pathbound.projector.rocks;

import java.util.concurrent.Phaser;

/// Counts readers of native memory so that it is freed only when none is left: a reader inside
/// RocksDB while the database closes would take the process down.
///
/// A [Phaser] whose closing party is the owner: readers register while the gate is open, the owner
/// arrives and waits for them. A gate serves one opening of a store.
final class ReadGate {
    private final Phaser readers = new Phaser(1) {
        @Override
        protected boolean onAdvance(int phase, int registeredParties) {
            return true;
        }
    };
    private volatile boolean open = true;

    /// Lets a reader in; false when the gate is closed. Each true needs one [#leave].
    boolean enter() {
        if (!open || readers.register() < 0) {
            return false;
        }
        if (!open) {
            leave();
            return false;
        }
        return true;
    }

    void leave() {
        readers.arriveAndDeregister();
    }

    /// Lets nobody in any more and waits until all readers have left.
    void close() {
        open = false;
        readers.awaitAdvance(readers.arrive());
    }
}
