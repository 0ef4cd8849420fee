package ai.pathbound.projector;

import ai.pathbound.projector.topology.StopReason;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The emergency stop of a projector: the first reason counts and is kept. What there is to know is in the
/// log; readiness and a metric name the reason.
final class Stop {
    private static final Logger log = LoggerFactory.getLogger(Stop.class);

    private final AtomicReference<Optional<StopReason>> first = new AtomicReference<>(
            Optional.empty());

    /// Notes the reason; false when there was one already.
    boolean pulled(StopReason reason, String message) {
        boolean now = first.compareAndSet(Optional.empty(), Optional.of(reason));
        if (now) {
            log.error("The projector stops ({}): {}", reason.word(), message);
        }
        return now;
    }

    Optional<StopReason> reason() {
        return first.get();
    }

    boolean isPulled() {
        return first.get().isPresent();
    }
}
