package ai.pathbound.mcp.backend;

import ai.pathbound.schemas.topics.EntityKind;

/// What a note can hang on.
public enum NoteOwner {
    CONTACT("contact", EntityKind.CONTACT_NOTE), COMPANY("company", EntityKind.COMPANY_NOTE);

    private final String word;
    private final EntityKind notes;

    NoteOwner(String word, EntityKind notes) {
        this.word = word;
        this.notes = notes;
    }

    /// Such as `contact`.
    public String word() {
        return word;
    }

    /// What its notes are called in the read model.
    public EntityKind notes() {
        return notes;
    }
}
