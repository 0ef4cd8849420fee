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
import ai.pathbound.schemas.change.PropertyValue;
import ai.pathbound.schemas.topics.ChangeKey;
import ai.pathbound.schemas.topics.EntityKind;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Whether a record's key and value speak of the same entity.
final class ChangeChecks {
    private static final int NAME_CHARS_SHOWN = 100;

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
        switch (change.body()) {
            case Contact contact -> depth(contact.getProperties());
            case Company company -> depth(company.getProperties());
            case Event event -> depth(event.getData());
            default -> {
                // Nothing in them is open.
            }
        }
    }

    private static void depth(Map<String, PropertyValue> properties) throws RefusedChange {
        for (Map.Entry<String, PropertyValue> property : properties.entrySet()) {
            if (isDeeper(property.getValue(), Change.PROPERTY_DEPTH_MAX)) {
                String name = property.getKey();
                throw new RefusedChange(DeadLetterReason.INVALID, "property "
                        + name.substring(0, Math.min(name.length(), NAME_CHARS_SHOWN))
                        + " has lists or objects more than " + Change.PROPERTY_DEPTH_MAX
                        + " deep in each other");
            }
        }
    }

    private static boolean isDeeper(@Nullable Object value, int left) {
        return switch (value) {
            case PropertyValue wrapped -> isDeeper(wrapped.getValue(), left);
            case Collection<?> items -> left == 0
                    || items.stream().anyMatch(item -> isDeeper(item, left - 1));
            case Map<?, ?> fields -> left == 0
                    || fields.values().stream().anyMatch(item -> isDeeper(item, left - 1));
            case null, default -> false;
        };
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
