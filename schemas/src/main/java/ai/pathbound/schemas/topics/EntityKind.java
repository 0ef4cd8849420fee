package ai.pathbound.schemas.topics;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What a change is about. The order is part of stored keys: append, never reorder.
///
/// The word is the middle part of each record key and says on which topic
/// the entity travels.
public enum EntityKind {
    CONTACT("contact", Topics.CONTACT_CHANGES), CONTACT_NOTE("contact_note",
            Topics.CONTACT_CHANGES), CONVERSATION("conversation", Topics.CONTACT_CHANGES), MESSAGE(
                    "message", Topics.CONTACT_CHANGES), COMPANY("company",
                            Topics.COMPANY_CHANGES), COMPANY_NOTE("company_note",
                                    Topics.COMPANY_CHANGES), EVENT("event", Topics.EVENT_CHANGES);

    private static final Map<String, EntityKind> BY_WORD = Arrays.stream(values())
            .collect(Collectors.toUnmodifiableMap(EntityKind::word, Function.identity()));

    private final String word;
    private final String topic;

    EntityKind(String word, String topic) {
        this.word = word;
        this.topic = topic;
    }

    /// The kind a key word names, or empty for an unknown word.
    public static Optional<EntityKind> ofWord(String word) {
        return Optional.ofNullable(BY_WORD.get(word));
    }

    /// The word in record keys, such as `contact_note`.
    public String word() {
        return word;
    }

    /// The topic that carries changes of this kind.
    public String topic() {
        return topic;
    }
}
