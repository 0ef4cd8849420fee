package ai.pathbound.sandbox.seed;

import ai.pathbound.sandbox.store.Change;
import ai.pathbound.schemas.change.ContactNote;
import ai.pathbound.schemas.change.Conversation;
import ai.pathbound.schemas.change.Message;
import ai.pathbound.schemas.topics.ChangeKey;
import ai.pathbound.schemas.topics.EntityKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Generated notes, e-mail threads and chats of contacts.
final class Talks {
    private final SeedPlan plan;
    private final long seed;
    private final Contacts contacts;

    Talks(SeedPlan plan, Contacts contacts) {
        this.plan = plan;
        this.contacts = contacts;
        seed = plan.tenantSeed();
    }

    Change note(int number, int contact) {
        var dice = new Dice(seed, "contact note", number);
        Instant at = plan.anchor().minusMillis(1 + dice.below(SeedPlan.DAYS * 86_400_000L));
        return new Change(
                new ChangeKey(plan.tenant(), EntityKind.CONTACT_NOTE,
                        Dice.id(seed, "note_ct", number)),
                1, at, "api", Map.of(),
                ContactNote.newBuilder()
                        .setContactId(contacts.id(contact))
                        .setContent(dice.pick(Words.NOTES))
                        .setAuthorId("usr_" + plan.tenant())
                        .setAuthorName("Jo Admin")
                        .setCreatedAt(at)
                        .setUpdatedAt(at)
                        .build());
    }

    /// A conversation, then its messages.
    List<Change> conversation(int number, int contact) {
        var dice = new Dice(seed, "conversation", number);
        String channel = dice.chance(0.5) ? "gmail" : "intercom";
        String id = Dice.id(seed, "conv_", number);
        String subject = dice.pick(Words.SUBJECTS);
        Instant started = plan.anchor()
                .minusMillis(6 * 86_400_000L + dice.below(80 * 86_400_000L));
        Instant at = started;
        int count = dice.between(1, 6);
        List<Change> messages = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            boolean inbound = i % 2 == 0;
            messages.add(
                    new Change(
                            new ChangeKey(plan.tenant(), EntityKind.MESSAGE,
                                    Dice.id(seed, "msg_", number * 8L + i)),
                            1, at, channel, Map.of(),
                            Message.newBuilder()
                                    .setConversationId(id)
                                    .setContactId(contacts.id(contact))
                                    .setChannel(channel)
                                    .setDirection(inbound ? "inbound" : "outbound")
                                    .setSender(
                                            inbound ? contacts.email(contact) : "jo@pathbound.test")
                                    .setSubject(channel.equals("gmail") ? subject : null)
                                    .setBody(dice.pick(Words.LINES))
                                    .setSentAt(at)
                                    .build()));
            if (i < count - 1) {
                at = at.plusSeconds(60 + dice.below(80_000L));
            }
        }
        boolean chat = channel.equals("intercom");
        Conversation state = Conversation.newBuilder()
                .setContactId(contacts.id(contact))
                .setChannel(channel)
                .setSubject(subject)
                .setState(chat ? dice.pick(List.of("open", "closed", "snoozed")) : null)
                .setPriority(chat && dice.chance(0.15))
                .setAssignee(chat ? "Jo Admin" : null)
                .setTags(chat && dice.chance(0.4) ? List.of("support") : List.of())
                .setParticipants(List.of(contacts.email(contact), "jo@pathbound.test"))
                .setStartedAt(started)
                .setLastMessageAt(at)
                .build();
        messages.addFirst(
                new Change(new ChangeKey(plan.tenant(), EntityKind.CONVERSATION, id), 1, started,
                        channel, Map.of(), state));
        return messages;
    }
}
