package ai.pathbound.projector;

import ai.pathbound.projector.GeneratedHistory.Step;
import ai.pathbound.schemas.change.CompanyNote;
import ai.pathbound.schemas.change.Contact;
import ai.pathbound.schemas.change.ContactNote;
import ai.pathbound.schemas.change.Conversation;
import ai.pathbound.schemas.change.Event;
import ai.pathbound.schemas.change.Message;
import ai.pathbound.schemas.topics.ChangeKey;
import ai.pathbound.schemas.topics.EntityKind;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// What the read model must know after a history, computed the slow and obvious way: from the set of
/// changes, whatever their order.
final class PlainModel {
    private final Map<ChangeKey, Step> states = new HashMap<>();
    private final Set<ChangeKey> deleted = new HashSet<>();

    PlainModel(Collection<Step> steps) {
        for (Step step : steps) {
            states.merge(step.key(), step, PlainModel::stronger);
        }
        states.values()
                .stream()
                .filter(Step::isDelete)
                .map(Step::key)
                .forEach(deleted::add);
        states.keySet().removeAll(deleted);
        states.values().removeIf(this::isOrphan);
    }

    private static Step stronger(Step one, Step other) {
        if (one.isDelete() || other.isDelete()) {
            return one.isDelete() ? one : other;
        }
        return one.version() >= other.version() ? one : other;
    }

    /// Notes, conversations and messages whose owner was deleted; an owner never seen may still come.
    private boolean isOrphan(Step step) {
        return switch (step.body()) {
            case ContactNote note -> wasDeleted(EntityKind.CONTACT, note.getContactId());
            case Conversation talk -> wasDeleted(EntityKind.CONTACT, talk.getContactId());
            case Message message -> wasDeleted(EntityKind.CONTACT, message.getContactId());
            case CompanyNote note -> wasDeleted(EntityKind.COMPANY, note.getCompanyId());
            default -> false;
        };
    }

    private boolean wasDeleted(EntityKind kind, String id) {
        return deleted.contains(new ChangeKey(GeneratedHistory.TENANT, kind, id));
    }

    Optional<Step> find(EntityKind kind, String id) {
        return Optional.ofNullable(states.get(new ChangeKey(GeneratedHistory.TENANT, kind, id)));
    }

    Stream<Step> all(EntityKind kind) {
        return states.values().stream().filter(step -> step.key().kind() == kind);
    }

    Optional<String> owner(Event event) {
        if (event.getContactId() != null) {
            return find(EntityKind.CONTACT, event.getContactId()).map(step -> step.key().id());
        }
        return all(EntityKind.CONTACT)
                .filter(
                        step -> ((Contact) step.body()).getVisitorIds()
                                .contains(event.getVisitorId()))
                .min(
                        Comparator.comparing((Step step) -> ((Contact) step.body()).getCreatedAt())
                                .thenComparing(step -> step.key().id()))
                .map(step -> step.key().id());
    }

    List<Step> eventsOf(String contact) {
        return all(EntityKind.EVENT)
                .filter(step -> owner((Event) step.body()).filter(contact::equals).isPresent())
                .sorted(
                        Comparator.comparing((Step step) -> ((Event) step.body()).getTimestamp())
                                .reversed()
                                .thenComparing(step -> step.key().id()))
                .toList();
    }

    Optional<String> companyOf(Contact contact) {
        return contact.getCompanyId() == null
                ? Optional.empty()
                : find(EntityKind.COMPANY, contact.getCompanyId()).map(step -> step.key().id());
    }
}
