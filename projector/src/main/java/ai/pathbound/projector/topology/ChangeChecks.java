package ai.pathbound.projector.topology;

import ai.pathbound.projector.state.Change;
import ai.pathbound.schemas.change.Company;
import ai.pathbound.schemas.change.CompanyNote;
import ai.pathbound.schemas.change.Contact;
import ai.pathbound.schemas.change.ContactNote;
import ai.pathbound.schemas.change.Conversation;
import ai.pathbound.schemas.change.DeadLetterReason;
import ai.pathbound.schemas.change.Event;
import ai.pathbound.schemas.change.Message;
import ai.pathbound.schemas.topics.ChangeKey;
import ai.pathbound.schemas.topics.EntityKind;

/// Whether a record's key and value speak of the same entity.
final class ChangeChecks {
    private ChangeChecks() {}

    static void check(ChangeKey key, Change change) throws RefusedChange {
        if (!key.tenant().equals(change.tenant()) || !key.id().equals(change.entityId())) {
            throw mismatch(key, "value is about " + change.tenant() + "/…/" + change.entityId());
        }
        if (!change.isDelete() && !bodyOf(key.kind()).isInstance(change.body())) {
            throw mismatch(key, "value holds a " + change.body().getClass().getSimpleName());
        }
        if (change.version() < 1) {
            throw new RefusedChange(DeadLetterReason.INVALID,
                    "version must be at least 1: " + change.version());
        }
    }

    private static Class<?> bodyOf(EntityKind kind) {
        return switch (kind) {
            case CONTACT -> Contact.class;
            case CONTACT_NOTE -> ContactNote.class;
            case CONVERSATION -> Conversation.class;
            case MESSAGE -> Message.class;
            case COMPANY -> Company.class;
            case COMPANY_NOTE -> CompanyNote.class;
            case EVENT -> Event.class;
        };
    }

    private static RefusedChange mismatch(ChangeKey key, String what) {
        return new RefusedChange(DeadLetterReason.KEY_MISMATCH, "key is " + key + " but " + what);
    }
}
