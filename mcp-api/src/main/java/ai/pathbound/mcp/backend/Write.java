package ai.pathbound.mcp.backend;

import ai.pathbound.schemas.topics.EntityKind;
import tools.jackson.databind.node.ObjectNode;

/// A change the backend is asked for. The creates carry a key under which the backend gives its first
/// answer again.
public sealed interface Write {
    /// What is created, changed or deleted.
    EntityKind kind();

    /// A new contact.
    ///
    /// @param body `email`, and optionally `properties`, `visitor_id`, `company_id`
    record CreateContact(ObjectNode body, String idempotencyKey) implements Write {
        @Override
        public EntityKind kind() {
            return EntityKind.CONTACT;
        }
    }

    /// Other properties of a contact.
    ///
    /// @param body `properties`, `visitor_id` or both; properties are merged, null clears one
    record UpdateContact(String contactId, ObjectNode body) implements Write {
        @Override
        public EntityKind kind() {
            return EntityKind.CONTACT;
        }
    }

    /// A new company.
    ///
    /// @param body `domain`, and optionally `properties`
    record CreateCompany(ObjectNode body, String idempotencyKey) implements Write {
        @Override
        public EntityKind kind() {
            return EntityKind.COMPANY;
        }
    }

    /// Other properties of a company.
    ///
    /// @param body `properties`, which are merged; null clears one
    record UpdateCompany(String companyId, ObjectNode body) implements Write {
        @Override
        public EntityKind kind() {
            return EntityKind.COMPANY;
        }
    }

    record CreateNote(NoteOwner owner, String ownerId, String content, String idempotencyKey)
            implements
                Write {
        @Override
        public EntityKind kind() {
            return owner.notes();
        }
    }

    record UpdateNote(NoteOwner owner, String ownerId, String noteId, String content)
            implements
                Write {
        @Override
        public EntityKind kind() {
            return owner.notes();
        }
    }

    record DeleteNote(NoteOwner owner, String ownerId, String noteId) implements Write {
        @Override
        public EntityKind kind() {
            return owner.notes();
        }
    }
}
