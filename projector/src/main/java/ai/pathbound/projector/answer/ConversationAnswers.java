package ai.pathbound.projector.answer;

import ai.pathbound.projector.query.Answer;
import ai.pathbound.projector.query.Freshness;
import ai.pathbound.projector.query.Question;
import ai.pathbound.projector.state.Change;
import ai.pathbound.projector.state.Keys.Relation;
import ai.pathbound.schemas.change.Conversation;
import ai.pathbound.schemas.change.Message;
import ai.pathbound.schemas.topics.EntityKind;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Questions about what was written to and by a contact.
final class ConversationAnswers {
    private static final String GMAIL = "gmail";
    private static final Comparator<Change> NEWEST_FIRST = Comparator
            .comparing((Change change) -> ((Conversation) change.body()).getLastMessageAt())
            .thenComparing(Change::entityId)
            .reversed();
    private static final Comparator<Change> IN_ORDER = Comparator
            .comparing((Change change) -> ((Message) change.body()).getSentAt())
            .thenComparing(Change::entityId);

    private final TenantData data;
    private final Freshness freshness;

    ConversationAnswers(TenantData data, Freshness freshness) {
        this.data = data;
        this.freshness = freshness;
    }

    Answer conversations(Question.ContactConversations question) {
        String contact = question.contactId();
        if (!data.exists(EntityKind.CONTACT, contact)) {
            return new Answer.NotFound("contact", contact, freshness);
        }
        Map<String, List<String>> messageIds = messageIds(contact);
        return Listing.slice(
                "conversations",
                conversations(contact),
                question.page(),
                freshness,
                (json, change) -> {
                    List<String> ids = messageIds.getOrDefault(change.entityId(), List.of());
                    new Views(json, data).conversation(change, ids.size());
                    if (question.messages()) {
                        json.objects("messages", messages(ids), new Views(json, data)::message);
                    }
                });
    }

    Answer emailThreads(Question.ContactEmailThreads question) {
        String contact = question.contactId();
        if (!data.exists(EntityKind.CONTACT, contact)) {
            return new Answer.NotFound("contact", contact, freshness);
        }
        Map<String, List<String>> messageIds = messageIds(contact);
        List<Change> threads = conversations(contact).stream()
                .filter(change -> ((Conversation) change.body()).getChannel().equals(GMAIL))
                .toList();
        return Listing.slice(
                "email_threads",
                threads,
                question.page(),
                freshness,
                (json, change) -> {
                    List<Change> messages = messages(
                            messageIds.getOrDefault(change.entityId(), List.of()));
                    json.text("thread_id", change.entityId());
                    json.text(
                            "last_message_id",
                            messages.isEmpty() ? null : messages.getLast().entityId());
                    json.text("subject", ((Conversation) change.body()).getSubject());
                });
    }

    private List<Change> conversations(String contact) {
        return data
                .findAll(
                        EntityKind.CONVERSATION,
                        data.linked(Relation.CONTACT_CONVERSATION, contact, Integer.MAX_VALUE))
                .stream()
                .sorted(NEWEST_FIRST)
                .toList();
    }

    /// Ids of a contact's messages by conversation.
    private Map<String, List<String>> messageIds(String contact) {
        return data.linked(Relation.CONTACT_MESSAGE, contact, Integer.MAX_VALUE)
                .stream()
                .collect(
                        Collectors.groupingBy(
                                link -> link.substring(0, link.indexOf('/')),
                                Collectors.mapping(
                                        link -> link.substring(link.indexOf('/') + 1),
                                        Collectors.toList())));
    }

    private List<Change> messages(List<String> ids) {
        return data.findAll(EntityKind.MESSAGE, ids).stream().sorted(IN_ORDER).toList();
    }
}
