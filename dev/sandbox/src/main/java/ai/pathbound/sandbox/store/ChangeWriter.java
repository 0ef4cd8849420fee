package ai.pathbound.sandbox.store;

import ai.pathbound.schemas.change.Company;
import ai.pathbound.schemas.change.CompanyNote;
import ai.pathbound.schemas.change.Contact;
import ai.pathbound.schemas.change.ContactNote;
import ai.pathbound.schemas.change.Conversation;
import ai.pathbound.schemas.change.Event;
import ai.pathbound.schemas.change.Message;
import ai.pathbound.schemas.change.PropertyValue;
import ai.pathbound.schemas.topics.EntityKind;
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
                && a.version() == 1 && b.version() == 1;
    }

    private void applyAlike(List<Change> changes) {
        Change first = changes.getFirst();
        List<byte[]> values = changes.stream().map(Change::encode).toList();
        if (first.isDelete()) {
            delete(first);
        } else if (first.version() == 1) {
            insert(changes, values);
        } else if (!update(first, values.getFirst())) {
            return;
        }
        if (first.key().kind() == EntityKind.CONTACT) {
            visitors(changes);
        }
        List<Object[]> rows = new ArrayList<>(changes.size());
        for (int i = 0; i < changes.size(); i++) {
            var key = changes.get(i).key();
            rows.add(new Object[]{key.kind().topic(), key.toBytes(), values.get(i)});
        }
        jdbc.batchUpdate(
                "INSERT INTO outbox (topic, record_key, record_value) VALUES (?, ?, ?)",
                rows);
    }

    private void insert(List<Change> changes, List<byte[]> values) {
        boolean events = changes.getFirst().key().kind() == EntityKind.EVENT;
        List<@Nullable Object[]> rows = new ArrayList<>(changes.size());
        for (int i = 0; i < changes.size(); i++) {
            rows.add(
                    events
                            ? eventRow(changes.get(i), values.get(i))
                            : entityRow(changes.get(i), values.get(i)));
        }
        batch(
                events
                        ? "INSERT INTO event (version, at, name, contact_id, visitor_id, url,"
                                + " domain, is_bot, change, tenant, id)"
                                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                        : "INSERT INTO entity (version, parent, unique_key, change, tenant, kind,"
                                + " id) VALUES (?, ?, ?, ?, ?, ?, ?)",
                rows);
    }

    private boolean update(Change change, byte[] value) {
        boolean event = change.key().kind() == EntityKind.EVENT;
        @Nullable
        Object[] row = event ? eventRow(change, value) : entityRow(change, value);
        return jdbc.update(
                (event
                        ? "UPDATE event SET version = ?, at = ?, name = ?, contact_id = ?,"
                                + " visitor_id = ?, url = ?, domain = ?, is_bot = ?, change = ?"
                                + " WHERE tenant = ? AND id = ?"
                        : "UPDATE entity SET version = ?, parent = ?, unique_key = ?, change = ?"
                                + " WHERE tenant = ? AND kind = ? AND id = ?")
                        + " AND version = " + (change.version() - 1),
                row) == 1;
    }

    private void delete(Change change) {
        String tenant = change.tenant();
        String id = change.id();
        EntityKind kind = change.key().kind();
        if (kind == EntityKind.EVENT) {
            jdbc.update("DELETE FROM event WHERE tenant = ? AND id = ?", tenant, id);
            return;
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
        jdbc.update(
                "DELETE FROM entity WHERE tenant = ? AND kind = ? AND id = ?",
                tenant,
                kind.word(),
                id);
    }

    private void visitors(List<Change> contacts) {
        List<Object[]> rows = new ArrayList<>();
        for (Change change : contacts) {
            if (change.version() > 1) {
                jdbc.update(
                        "DELETE FROM visitor WHERE tenant = ? AND contact_id = ?",
                        change.tenant(),
                        change.id());
            }
            if (change.body() instanceof Contact contact) {
                for (String visitor : contact.getVisitorIds()) {
                    rows.add(
                            new Object[]{change.tenant(), visitor, change.id(),
                                    contact.getCreatedAt().toEpochMilli()});
                }
            }
        }
        if (!rows.isEmpty()) {
            jdbc.batchUpdate(
                    "INSERT INTO visitor (tenant, visitor, contact_id, created_at)"
                            + " VALUES (?, ?, ?, ?)",
                    rows);
        }
    }

    @SuppressWarnings("NullAway") // SQL null is a null element
    private void batch(String sql, List<@Nullable Object[]> rows) {
        jdbc.batchUpdate(sql, rows);
    }

    private static @Nullable Object[] eventRow(Change change, byte[] value) {
        Event event = change.body(Event.class);
        return new @Nullable Object[]{change.version(), event.getTimestamp().toEpochMilli(),
                event.getName(), event.getContactId(), event.getVisitorId(), event.getUrl(),
                event.getDomain(), event.getIsBot(), value, change.tenant(), change.id()};
    }

    private static @Nullable Object[] entityRow(Change change, byte[] value) {
        return new @Nullable Object[]{change.version(), parent(change), uniqueKey(change), value,
                change.tenant(), change.key().kind().word(), change.id()};
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

    private static @Nullable String lower(Map<String, PropertyValue> properties, String name) {
        PropertyValue value = properties.get(name);
        return value != null && value.getValue() instanceof String text
                ? text.toLowerCase(Locale.ROOT)
                : null;
    }
}
