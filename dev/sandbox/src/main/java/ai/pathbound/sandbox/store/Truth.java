package ai.pathbound.sandbox.store;

import ai.pathbound.schemas.change.Contact;
import ai.pathbound.schemas.topics.ChangeKey;
import ai.pathbound.schemas.topics.EntityKind;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// The truth: an H2 database in one file.
///
/// One writer at a time, so outbox numbers grow in the order of commits and a relay that has
/// published up to a number has published everything below it.
public final class Truth implements AutoCloseable {
    /// Property of a contact that holds its id in the tenant's own system.
    public static final String EXTERNAL_ID = "external_id";

    private final HikariDataSource source;
    private final JdbcTemplate jdbc;
    private final TransactionTemplate transactions;
    private final ReentrantLock writer = new ReentrantLock();
    private final ChangeWriter changes;

    private Truth(HikariDataSource source) {
        this.source = source;
        jdbc = new JdbcTemplate(source);
        transactions = new TransactionTemplate(new JdbcTransactionManager(source));
        changes = new ChangeWriter(jdbc);
        Schema.TABLES.forEach(jdbc::execute);
        Schema.EVENT_INDEXES.forEach(jdbc::execute);
    }

    /// Opens or creates the database in this folder.
    public static Truth open(Path dataDir) {
        var config = new HikariConfig();
        // WRITE_DELAY=0 hands each commit to the operating system before it returns
        // (https://h2database.com/html/commands.html#set_write_delay): it outlives kill -9.
        config.setJdbcUrl(
                "jdbc:h2:file:" + dataDir.toAbsolutePath().resolve("truth")
                        + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;CACHE_SIZE=65536"
                        + ";LOCK_TIMEOUT=20000");
        config.setMaximumPoolSize(12);
        config.setPoolName("truth");
        return new Truth(new HikariDataSource(config));
    }

    /// Runs one transaction, alone among writers.
    public <T> T write(Supplier<T> work) {
        writer.lock();
        try {
            T result = transactions.execute(_ -> work.get());
            if (result == null) {
                throw new IllegalStateException("a write must say what it did");
            }
            return result;
        } finally {
            writer.unlock();
        }
    }

    /// Stores these changes and puts them on the outbox; only inside [#write].
    public void apply(List<Change> batch) {
        if (!writer.isHeldByCurrentThread()) {
            throw new IllegalStateException("apply outside a write");
        }
        changes.apply(batch);
    }

    /// Runs work that stores many events. Their indexes are built once at the end, sorted, which
    /// costs far less than a random insert into each for every event. After a crash in between,
    /// opening the data builds them.
    public void load(Runnable work) {
        Schema.DROP_EVENT_INDEXES.forEach(jdbc::execute);
        work.run();
        Schema.EVENT_INDEXES.forEach(jdbc::execute);
    }

    public Optional<Change> find(ChangeKey key) {
        String sql = key.kind() == EntityKind.EVENT
                ? "SELECT change FROM event WHERE tenant = ? AND id = ?"
                : "SELECT change FROM entity WHERE tenant = ? AND id = ? AND kind = '"
                        + key.kind().word() + "'";
        return changes(key.kind(), sql, key.tenant(), key.id()).stream().findFirst();
    }

    /// All entities of a kind, in no particular order.
    public List<Change> all(String tenant, EntityKind kind) {
        return changes(
                kind,
                "SELECT change FROM entity WHERE tenant = ? AND kind = ?",
                tenant,
                kind.word());
    }

    /// All entities of a kind that hang on this one: notes, conversations, messages of a
    /// conversation, contacts of a company.
    public List<Change> children(String tenant, EntityKind kind, String parent) {
        return changes(
                kind,
                "SELECT change FROM entity WHERE tenant = ? AND kind = ? AND parent = ?",
                tenant,
                kind.word(),
                parent);
    }

    /// The contact with this e-mail, or the company with this domain, in any case.
    public Optional<Change> findUnique(String tenant, EntityKind kind, String text) {
        return changes(
                kind,
                "SELECT change FROM entity WHERE tenant = ? AND kind = ? AND unique_key = ?",
                tenant,
                kind.word(),
                text.toLowerCase(Locale.ROOT)).stream().findFirst();
    }

    /// The contact that carries this external id; the oldest, should there be more.
    public Optional<Change> findExternal(String tenant, String externalId) {
        return changes(
                EntityKind.CONTACT,
                "SELECT change FROM entity WHERE tenant = ? AND external_id = ?",
                tenant,
                externalId).stream()
                .min(
                        Comparator
                                .comparing(
                                        (Change c) -> c.body(Contact.class).getCreatedAt())
                                .thenComparing(Change::id));
    }

    /// The contact that owns the anonymous events of this visitor.
    public Optional<String> visitorOwner(String tenant, String visitor) {
        return jdbc.query(
                "SELECT contact_id FROM visitor WHERE tenant = ? AND visitor = ?"
                        + " ORDER BY created_at, contact_id LIMIT 1",
                (row, _) -> row.getString(1),
                tenant,
                visitor).stream().findFirst();
    }

    /// Events in this order, which must be trusted SQL.
    public List<EventRow> events(EventFilter filter, String order, int limit, long offset) {
        List<Object> arguments = new ArrayList<>(filter.arguments());
        arguments.add(limit);
        arguments.add(offset);
        return jdbc.query(
                "SELECT e.change, " + Schema.OWNER + " AS owner FROM " + filter.sql()
                        + " ORDER BY " + order + " LIMIT ? OFFSET ?",
                (row, _) -> new EventRow(Change.decode(EntityKind.EVENT, row.getBytes(1)),
                        Optional.ofNullable(row.getString(2))),
                arguments.toArray());
    }

    public long countEvents(EventFilter filter) {
        return number(
                jdbc.queryForObject(
                        "SELECT COUNT(*) FROM " + filter.sql(),
                        Long.class,
                        filter.arguments().toArray()));
    }

    public List<EventFact> facts(EventFilter filter) {
        return jdbc.query(
                "SELECT e.name, e.at, " + Schema.OWNER + " AS owner, e.visitor_id, e.url, e.is_bot"
                        + " FROM " + filter.sql(),
                (row, _) -> new EventFact(row.getString(1), Instant.ofEpochMilli(row.getLong(2)),
                        Optional.ofNullable(row.getString(3)),
                        Optional.ofNullable(row.getString(4)),
                        Optional.ofNullable(row.getString(5)), row.getBoolean(6)),
                filter.arguments().toArray());
    }

    /// Newest event time of each contact that has events.
    public Map<String, Instant> lastActivity(String tenant) {
        Map<String, Instant> last = new HashMap<>();
        jdbc.query(
                "SELECT owner, MAX(at) FROM (SELECT e.at AS at, " + Schema.OWNER
                        + " AS owner FROM event e WHERE e.tenant = ?)"
                        + " WHERE owner IS NOT NULL GROUP BY owner",
                row -> {
                    last.put(row.getString(1), Instant.ofEpochMilli(row.getLong(2)));
                },
                tenant);
        return last;
    }

    /// The oldest records that still wait to be published.
    public List<OutboxRow> pending(int rowsMax) {
        return jdbc.query(
                "SELECT seq, topic, record_key, record_value FROM outbox ORDER BY seq LIMIT ?",
                (row, _) -> new OutboxRow(row.getLong(1), row.getString(2),
                        ByteBuffer.wrap(row.getBytes(3)), ByteBuffer.wrap(row.getBytes(4))),
                rowsMax);
    }

    public boolean hasPending() {
        return !jdbc.queryForList("SELECT seq FROM outbox LIMIT 1").isEmpty();
    }

    /// Forgets the records up to this number: the broker has them.
    public void published(long seq) {
        int rows = write(() -> jdbc.update("DELETE FROM outbox WHERE seq <= ?", seq));
        if (rows == 0) {
            throw new IllegalStateException("nothing was pending up to " + seq);
        }
    }

    public Optional<SavedAnswer> answer(String id, Instant notBefore) {
        return jdbc
                .query(
                        "SELECT request, status, body FROM answer WHERE id = ? AND at >= ?",
                        (row, _) -> new SavedAnswer(row.getString(1), row.getInt(2),
                                row.getString(3)),
                        id,
                        notBefore.toEpochMilli())
                .stream()
                .findFirst();
    }

    /// Keeps an answer and forgets those older than `notBefore`.
    public void saveAnswer(String id, SavedAnswer answer, Instant at, Instant notBefore) {
        jdbc.update("DELETE FROM answer WHERE at < ?", notBefore.toEpochMilli());
        jdbc.update(
                "INSERT INTO answer VALUES (?, ?, ?, ?, ?)",
                id,
                answer.request(),
                answer.status(),
                answer.body(),
                at.toEpochMilli());
    }

    /// A remembered text, such as how far seeding has come.
    public Optional<String> recall(String name) {
        return jdbc
                .query("SELECT text FROM note WHERE name = ?", (row, _) -> row.getString(1), name)
                .stream()
                .findFirst();
    }

    public void remember(String name, String text) {
        jdbc.update("MERGE INTO note KEY (name) VALUES (?, ?)", name, text);
    }

    @Override
    public void close() {
        source.close();
    }

    private List<Change> changes(EntityKind kind, String sql, Object... arguments) {
        return jdbc.query(sql, (row, _) -> Change.decode(kind, row.getBytes(1)), arguments);
    }

    private static long number(@Nullable Long value) {
        return value == null ? 0 : value;
    }
}
