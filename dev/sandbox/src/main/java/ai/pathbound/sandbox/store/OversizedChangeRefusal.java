package ai.pathbound.sandbox.store;

import ai.pathbound.schemas.topics.ChangeKey;
import ai.pathbound.schemas.topics.Topics;

/// The new state of the entity is larger than the change feed carries.
public final class OversizedChangeRefusal extends RuntimeException {
    OversizedChangeRefusal(ChangeKey key, int bytes) {
        super(key + " would take " + bytes + " bytes, more than " + Topics.CHANGE_BYTES_MAX);
    }
}
