package ai.pathbound.projector.tables;

import ai.pathbound.projector.columns.DamagedException;
import ai.pathbound.schemas.topics.EntityKind;

/// One of a tenant's stored tables cannot be used; the others may be.
final class DamagedTableException extends RuntimeException {
    private final EntityKind kind;

    DamagedTableException(EntityKind kind, DamagedException cause) {
        super(cause.getMessage(), cause);
        this.kind = kind;
    }

    /// What the entities of the table are.
    EntityKind kind() {
        return kind;
    }
}
