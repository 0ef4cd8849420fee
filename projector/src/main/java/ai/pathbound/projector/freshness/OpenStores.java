package ai.pathbound.projector.freshness;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The stores that are open in this process, whichever thread brings them up to date.
public interface OpenStores {
    /// What a store holds.
    ///
    /// @param opening stands for this opening of the store: closed and opened again, it may hold less
    /// @param applied last offset of each change topic, -1 for none
    record Position(Object opening, List<Long> applied) {
        public Position {
            applied = List.copyOf(applied);
        }
    }

    /// The positions of all of them, by partition.
    Map<Integer, Position> look();

    /// The opening of a partition's store, if it is open.
    Optional<Object> opening(int partition);

    /// None, for a process that has only partitions of its own.
    static OpenStores none() {
        return new OpenStores() {
            @Override
            public Map<Integer, Position> look() {
                return Map.of();
            }

            @Override
            public Optional<Object> opening(int partition) {
                return Optional.empty();
            }
        };
    }
}
