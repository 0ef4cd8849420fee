package ai.pathbound.sandbox.store;

import ai.pathbound.schemas.change.Company;
import ai.pathbound.schemas.change.CompanyNote;
import ai.pathbound.schemas.change.Contact;
import ai.pathbound.schemas.change.ContactNote;
import ai.pathbound.schemas.change.Conversation;
import ai.pathbound.schemas.change.Event;
import ai.pathbound.schemas.change.Message;
import ai.pathbound.schemas.change.PropertyValue;
import ai.pathbound.schemas.topics.ChangeKey;
import ai.pathbound.schemas.topics.EntityKind;
import ai.pathbound.schemas.topics.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;

/// Writes changes into entity rows, visitor rows and the outbox.
///
/// A change of version n > 1 takes effect only on a stored version n - 1: a stale writer changes
/// nothing and publishes nothing.
final class ChangeWriter {
    private final JdbcTemplate jdbc;

    ChangeWriter(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    void apply(List<Change> batch) {
        int from = 0;
        while (from < batch.size()) {
            int to = from + 1;
            while (to < batch.size() && alike(batch.get(from), batch.get(to))) {
                to++;
            }
            try {
                applyAlike(batch.subList(from, to));
            } catch (DuplicateKeyException e) {
                throw new DuplicateKeyRefusal(e);
            }
            from = to;
        }
    }

    private static boolean alike(Change a, Change b) {
        return !a.isDelete() && !b.isDelete() && a.key().kind() == b.key().kind()
                && (a.version() == 1) == (b.version() == 1);
    }

    private void applyAlike(List<Change> changes) {
        Change first = changes.getFirst();
        List<byte[]> values = changes.stream().map(ChangeWriter::bytes).toList();
        int[] stored = first.isDelete()
                ? delete(first)
                : first.version() == 1 ? insert(changes, values) : update(changes, values);
        List<Change> contacts = new ArrayList<>();
        List<Object[]> rows = new ArrayList<>(changes.size());
        for (int i = 0; i < changes.size(); i++) {
            if (stored[i] == 1) {
                var key = changes.get(i).key();
                rows.add(new Object[]{key.kind().topic(), key.toBytes(), values.get(i)});
                if (key.kind() == EntityKind.CONTACT) {
                    contacts.add(changes.get(i));
                }
            }
        }
        visitors(contacts);
        jdbc.batchUpdate(
                "INSERT INTO outbox (topic, record_key, record_value) VALUES (?, ?, ?)",
                rows);
    }

    private static byte[] bytes(Change change) {
        byte[] value = change.encode();
        int bytes = value.length + change.key().toBytes().length;
        if (bytes > Topics.CHANGE_BYTES_MAX) {
            throw new OversizedChangeRefusal(change.key(), bytes);
        }
        return value;
    }

    private int[] insert(List<Change> changes, List<byte[]> values) {
        boolean events = changes.getFirst().key().kind() == EntityKind.EVENT;
        return batch(
                events
                        ? "INSERT INTO event (version, at, name, contact_id, visitor_id, url,"
                                + " domain, is_bot, change, tenant, id)"
                                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                        : "INSERT INTO entity (version, parent, unique_key, external_id, change,"
                                + " tenant, kind, id) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                rows(changes, values));
    }

    private int[] update(List<Change> changes, List<byte[]> values) {
        boolean events = changes.getFirst().key().kind() == EntityKind.EVENT;
        return batch(
                events
                        ? "UPDATE event SET version = ?1, at = ?2, name = ?3, contact_id = ?4,"
                                + " visitor_id = ?5, url = ?6, domain = ?7, is_bot = ?8,"
                                + " change = ?9 WHERE tenant = ?10 AND id = ?11"
                                + " AND version = ?1 - 1"
                        : "UPDATE entity SET version = ?1, parent = ?2, unique_key = ?3,"
                                + " external_id = ?4, change = ?5 WHERE tenant = ?6 AND kind = ?7"
                                + " AND id = ?8 AND version = ?1 - 1",
                rows(changes, values));
    }

    private static List<@Nullable Object[]> rows(List<Change> changes, List<byte[]> values) {
        boolean events = changes.getFirst().key().kind() == EntityKind.EVENT;
        List<@Nullable Object[]> rows = new ArrayList<>(changes.size());
        for (int i = 0; i < changes.size(); i++) {
            rows.add(
                    events
                            ? eventRow(changes.get(i), values.get(i))
                            : entityRow(changes.get(i), values.get(i)));
        }
        return rows;
    }

    private int[] delete(Change change) {
        String tenant = change.tenant();
        String id = change.id();
        EntityKind kind = change.key().kind();
        if (kind == EntityKind.EVENT) {
            return new int[]{
                    jdbc.update("DELETE FROM event WHERE tenant = ? AND id = ?", tenant, id)};
        }
        if (kind == EntityKind.CONTACT) {
            jdbc.update("""
                    DELETE FROM entity WHERE tenant = ? AND kind = 'message' AND parent IN (
                      SELECT c.id FROM entity c WHERE c.tenant = ? AND c.kind = 'conversation'
                      AND c.parent = ?)""", tenant, tenant, id);
            jdbc.update(
                    "DELETE FROM entity WHERE tenant = ?"
                            + " AND kind IN ('contact_note', 'conversation') AND parent = ?",
                    tenant,
                    id);
        }
        if (kind == EntityKind.COMPANY) {
            jdbc.update(
                    "DELETE FROM entity WHERE tenant = ? AND kind = 'company_note' AND parent = ?",
                    tenant,
                    id);
            jdbc.update(
                    "UPDATE entity SET parent = NULL"
                            + " WHERE tenant = ? AND kind = 'contact' AND parent = ?",
                    tenant,
                    id);
        }
        return new int[]{jdbc.update(
                "DELETE FROM entity WHERE tenant = ? AND kind = ? AND id = ?",
                tenant,
                kind.word(),
                id)};
    }

    private void visitors(List<Change> contacts) {
        List<Object[]> stale = new ArrayList<>();
        List<Object[]> rows = new ArrayList<>();
        for (Change change : contacts) {
            if (change.version() > 1) {
                stale.add(new Object[]{change.tenant(), change.id()});
            }
            if (change.body() instanceof Contact contact) {
                for (String visitor : contact.getVisitorIds()) {
                    rows.add(
                            new Object[]{change.tenant(), visitor, change.id(),
                                    contact.getCreatedAt().toEpochMilli()});
                }
            }
        }
        jdbc.batchUpdate("DELETE FROM visitor WHERE tenant = ? AND contact_id = ?", stale);
        jdbc.batchUpdate(
                "INSERT INTO visitor (tenant, visitor, contact_id, created_at)"
                        + " VALUES (?, ?, ?, ?)",
                rows);
    }

    @SuppressWarnings("NullAway") // SQL null is a null element
    private int[] batch(String sql, List<@Nullable Object[]> rows) {
        return jdbc.batchUpdate(sql, rows);
    }

    private static @Nullable Object[] eventRow(Change change, byte[] value) {
        Event event = change.body(Event.class);
        return new @Nullable Object[]{change.version(), event.getTimestamp().toEpochMilli(),
                event.getName(), event.getContactId(), event.getVisitorId(), event.getUrl(),
                event.getDomain(), event.getIsBot(), value, change.tenant(), change.id()};
    }

    private static @Nullable Object[] entityRow(Change change, byte[] value) {
        return new @Nullable Object[]{change.version(), parent(change), uniqueKey(change),
                externalId(change), value, change.tenant(), change.key().kind().word(),
                change.id()};
    }

    private static @Nullable String parent(Change change) {
        return switch (change.body()) {
            case Contact contact -> contact.getCompanyId();
            case ContactNote note -> note.getContactId();
            case Conversation conversation -> conversation.getContactId();
            case Message message -> message.getConversationId();
            case CompanyNote note -> note.getCompanyId();
            default -> null;
        };
    }

    private static @Nullable String uniqueKey(Change change) {
        return switch (change.body()) {
            case Contact contact -> lower(contact.getProperties(), "email");
            case Company company -> lower(company.getProperties(), "domain");
            default -> null;
        };
    }

    private static @Nullable String externalId(Change change) {
        String id = change.body() instanceof Contact contact
                ? text(contact.getProperties(), Truth.EXTERNAL_ID)
                : null;
        return id != null && ChangeKey.isId(id) ? id : null;
    }

    private static @Nullable String lower(Map<String, PropertyValue> properties, String name) {
        String text = text(properties, name);
        return text == null ? null : text.toLowerCase(Locale.ROOT);
    }

    private static @Nullable String text(Map<String, PropertyValue> properties, String name) {
        PropertyValue value = properties.get(name);
        return value != null && value.getValue() instanceof String text ? text : null;
    }
}
