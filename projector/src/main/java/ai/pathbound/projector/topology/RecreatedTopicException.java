package ai.pathbound.projector.topology;

import org.apache.kafka.common.Uuid;

/// The state was built from a topic that has since been deleted and created again.
public final class RecreatedTopicException extends RuntimeException {
    RecreatedTopicException(String topic, Uuid was, Uuid is) {
        super("Topic " + topic + " was deleted and created again (id " + was + ", now " + is
                + "). The projected state belongs to the old topic: start with a new"
                + " pathbound.projector.application-id, or remove the state directory, the consumer group and"
                + " the changelog topic, to rebuild it from the new topic.");
    }
}
