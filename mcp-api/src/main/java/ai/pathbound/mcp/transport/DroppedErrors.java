package ai.pathbound.mcp.transport;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.util.DisconnectedClientHelper;
import reactor.core.publisher.Hooks;

/// Looks at errors that come when nobody listens any more. The library reports each as an error, also
/// that a client has reset its connection after the answer, which anybody can do at any rate.
@Component
final class DroppedErrors implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DroppedErrors.class);

    DroppedErrors() {
        Hooks.onErrorDropped(DroppedErrors::note);
    }

    private static void note(Throwable failure) {
        if (DisconnectedClientHelper.isClientDisconnectedException(failure)) {
            LOG.debug("A connection ended after its answer", failure);
        } else {
            LOG.error("An error came when nobody listened any more", failure);
        }
    }

    @Override
    public void close() {
        Hooks.resetOnErrorDropped();
    }
}
