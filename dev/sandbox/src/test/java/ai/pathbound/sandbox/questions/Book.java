package ai.pathbound.sandbox.questions;

import ai.pathbound.sandbox.store.Change;
import ai.pathbound.sandbox.store.EventFilter;
import ai.pathbound.sandbox.store.Truth;
import ai.pathbound.schemas.change.Company;
import ai.pathbound.schemas.change.CompanyNote;
import ai.pathbound.schemas.change.Contact;
import ai.pathbound.schemas.change.ContactNote;
import ai.pathbound.schemas.change.Conversation;
import ai.pathbound.schemas.change.Event;
import ai.pathbound.schemas.change.FirstTouch;
import ai.pathbound.schemas.change.Message;
import ai.pathbound.schemas.change.PropertyValue;
import ai.pathbound.schemas.topics.EntityKind;
import java.net.URI;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Everything the backend's database holds of one account, as plain lists: the other way to an answer.
///
/// @param events newest first
record Book(List<Person> people,
        List<Firm> firms,
        List<Deed> events,
        List<Note> notes,
        List<Talk> talks) {
    private static final int ALL = Integer.MAX_VALUE;

    /// A contact.
    record Person(String id, Map<String, Object> properties, Contact is) {
        boolean has(String property, Object value) {
            return value.equals(properties.get(property));
        }

        String text(String property) {
            return String.valueOf(properties.getOrDefault(property, Read.NONE));
        }

        Optional<String> utm(String name) {
            return Optional.ofNullable(is.getFirstTouch())
                    .map(FirstTouch::getUtms)
                    .map(utms -> utms.get(name));
        }

        boolean createdSince(Instant at) {
            return !is.getCreatedAt().isBefore(at);
        }
    }

    /// A company.
    record Firm(String id, Map<String, Object> properties) {
        String text(String property) {
            return String.valueOf(properties.getOrDefault(property, Read.NONE));
        }
    }

    /// An event and the contact it belongs to.
    record Deed(String id, Optional<String> person, Map<String, Object> data, Event is) {
        boolean is(String name) {
            return is.getName().equals(name);
        }

        Instant at() {
            return is.getTimestamp();
        }

        boolean within(Instant from, Instant to) {
            return !at().isBefore(from) && at().isBefore(to);
        }

        String path() {
            return URI.create(Objects.requireNonNull(is.getUrl())).getPath();
        }
    }

    /// A note on a contact or company.
    record Note(String id, String owner, String content, Instant at) {}

    /// A conversation with its messages, oldest first.
    record Talk(String id, String person, Conversation is, List<Message> messages) {}

    /// Reads the database of a running backend beside it.
    static Book of(Truth truth, String tenant) {
        List<Deed> events = truth
                .events(new EventFilter(tenant), "e.at DESC, e.id", ALL, 0)
                .stream()
                .map(
                        row -> new Deed(row.change().id(), row.owner(),
                                plain(row.change().body(Event.class).getData()),
                                row.change().body(Event.class)))
                .toList();
        return new Book(
                truth.all(tenant, EntityKind.CONTACT).stream().map(Book::person).toList(),
                truth.all(tenant, EntityKind.COMPANY).stream().map(Book::firm).toList(),
                events,
                java.util.stream.Stream.of(EntityKind.CONTACT_NOTE, EntityKind.COMPANY_NOTE)
                        .flatMap(kind -> truth.all(tenant, kind).stream())
                        .map(Book::note)
                        .sorted(Comparator.comparing(Note::at).reversed())
                        .toList(),
                truth.all(tenant, EntityKind.CONVERSATION)
                        .stream()
                        .map(change -> talk(truth, change))
                        .toList());
    }

    private static Person person(Change change) {
        Contact contact = change.body(Contact.class);
        return new Person(change.id(), plain(contact.getProperties()), contact);
    }

    private static Firm firm(Change change) {
        return new Firm(change.id(), plain(change.body(Company.class).getProperties()));
    }

    private static Note note(Change change) {
        return switch (change.body()) {
            case ContactNote note -> new Note(change.id(), note.getContactId(), note.getContent(),
                    note.getCreatedAt());
            case CompanyNote note -> new Note(change.id(), note.getCompanyId(), note.getContent(),
                    note.getCreatedAt());
            default -> throw new IllegalStateException("not a note: " + change.id());
        };
    }

    private static Talk talk(Truth truth, Change change) {
        Conversation conversation = change.body(Conversation.class);
        return new Talk(change.id(), conversation.getContactId(), conversation,
                truth.children(change.tenant(), EntityKind.MESSAGE, change.id())
                        .stream()
                        .map(message -> message.body(Message.class))
                        .sorted(Comparator.comparing(Message::getSentAt))
                        .toList());
    }

    private static Map<String, Object> plain(Map<String, PropertyValue> properties) {
        Map<String, Object> plain = new HashMap<>();
        properties.forEach((name, value) -> {
            Object of = value.getValue();
            if (of != null) {
                plain.put(name, of);
            }
        });
        return plain;
    }

    Person person(String id) {
        return people.stream().filter(person -> person.id().equals(id)).findFirst().orElseThrow();
    }

    Firm firm(String id) {
        return firms.stream().filter(firm -> firm.id().equals(id)).findFirst().orElseThrow();
    }

    Optional<Person> owner(Deed event) {
        return event.person().map(this::person);
    }

    Optional<Firm> employer(Deed event) {
        return owner(event).map(person -> person.is().getCompanyId()).map(this::firm);
    }

    /// The newest event of each contact that has one.
    Map<String, Instant> lastSeen() {
        Map<String, Instant> last = new HashMap<>();
        // Newest first, so the first of each counts.
        events.forEach(event -> event.person().ifPresent(id -> last.putIfAbsent(id, event.at())));
        return last;
    }
}
