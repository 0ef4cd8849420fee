package ai.pathbound.projector.topology;

import org.apache.kafka.common.Uuid;

/// A change topic is no longer what the state was made from; the message says what to do. Going on would
/// skip changes, so the projector has to stop.
public final class SourceChangedException extends RuntimeException {
    private static final String WAY_OUT = " Stop all nodes and run './pathbound rebuild', which makes"
            + " everything again from the change topics.";

    private final StopReason reason;

    private SourceChangedException(StopReason reason, String message) {
        super(message + WAY_OUT);
        this.reason = reason;
    }

    public StopReason reason() {
        return reason;
    }

    /// Offsets of the new topic mean nothing in the state.
    public static SourceChangedException recreated(String topic, Uuid was, Uuid now) {
        return new SourceChangedException(StopReason.TOPIC_RECREATED, "Topic " + topic
                + " was deleted and created again (id " + was + ", now " + now
                + "): the state was made from the old one.");
    }

    /// Tenants are looked for where their newer changes are not.
    public static SourceChangedException partitions(String topic, int was, int now) {
        return new SourceChangedException(StopReason.PARTITIONS_CHANGED, "Topic " + topic + " has "
                + now
                + " partitions, it had " + was
                + ": changes of a tenant are no longer all in one partition. The number cannot be"
                + " made smaller: create the change topics again with equal partition counts, have"
                + " the backend publish everything to them.");
    }
}
