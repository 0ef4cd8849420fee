package ai.pathbound.projector.rocks;

/// Work on one consistent view of a partition. Results must not hold on to the snapshot.
@FunctionalInterface
public interface SnapshotRead<T> {
    T apply(Snapshot snapshot);
}
