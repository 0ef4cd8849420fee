package ai.pathbound.bench.events;

import ai.pathbound.bench.report.Run;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/// The same events in PostgreSQL, with an index for each kind of question: covering ones, so that
/// visibility apart no row need be fetched, and trigrams for the substring. An event's contact stands
/// in its row: PostgreSQL is spared the join.
final class PostgresEvents implements AutoCloseable {
    private static final String TABLE = """
            CREATE UNLOGGED TABLE events (
              event_id text, happened_at timestamptz, accepted_at timestamptz, event text, url text,
              path text, domain text, referring_domain text, browser text, browser_version text,
              os text, device_type text, is_bot boolean, visitor_id text, session_id text, title text,
              contact_id text, utm_source text, amount bigint)""";
    private static final List<String> INDEXES = List.of(
            "CREATE INDEX ON events (event, happened_at) INCLUDE (url)",
            "CREATE INDEX ON events (happened_at)",
            "CREATE INDEX ON events (domain, contact_id) WHERE contact_id IS NOT NULL",
            "CREATE INDEX ON events (event, contact_id)",
            "CREATE INDEX ON events (event, is_bot) INCLUDE (browser, os, device_type)",
            "CREATE INDEX ON events (utm_source) INCLUDE (amount)",
            "CREATE EXTENSION pg_trgm",
            "CREATE INDEX ON events USING gin (lower(url) gin_trgm_ops)",
            "VACUUM (FREEZE, ANALYZE) events");
    private static final int CHUNK = 1 << 16;
    private static final String NULL = "\\N";

    private final Connection connection;
    private final CopyIn copy;
    private final StringBuilder rows = new StringBuilder(2 * CHUNK);

    PostgresEvents(String url) throws SQLException {
        connection = DriverManager.getConnection(url);
        execute("SET TimeZone = 'UTC'");
        // Text in the order of its bytes, as the other sides have it; a tie is broken by it.
        execute(TABLE.replace(" text", " text COLLATE \"C\""));
        copy = connection.unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("COPY events FROM STDIN");
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    void add(EventRow row) throws SQLException {
        field(row.id());
        field(Instant.ofEpochMilli(row.millis()).toString());
        field(Instant.ofEpochMilli(row.acceptedMillis()).toString());
        field(row.event());
        field(row.url());
        field(row.path());
        field(row.domain());
        field(row.referringDomain());
        field(row.browser());
        field(row.browserVersion());
        field(row.os());
        field(row.device());
        field(Boolean.toString(row.bot()));
        field(row.visitor());
        field(row.session());
        field(row.title());
        field(row.owner().orElse(NULL));
        field(row.utmSource().orElse(NULL));
        field(row.amount().isPresent() ? Long.toString(row.amount().getAsLong()) : NULL);
        rows.setCharAt(rows.length() - 1, '\n');
        if (rows.length() >= CHUNK) {
            flush();
        }
    }

    /// Generated texts hold nothing that COPY would read as its own.
    private void field(String text) {
        rows.append(text).append('\t');
    }

    private void flush() throws SQLException {
        byte[] bytes = rows.toString().getBytes(StandardCharsets.UTF_8);
        copy.writeToCopy(bytes, 0, bytes.length);
        rows.setLength(0);
    }

    void loaded(Run run) throws SQLException {
        flush();
        copy.endCopy();
        for (String index : INDEXES) {
            run.say("  PostgreSQL: " + index);
            execute(index);
        }
    }

    /// A question as PostgreSQL spells it.
    PreparedStatement prepare(String duckSql) throws SQLException {
        return connection.prepareStatement(
                duckSql.replace("avg(amount)", "avg(amount)::float8")
                        .replace("epoch_ms(timezone('Europe/Madrid', day))",
                                "(extract(epoch FROM timezone('Europe/Madrid', day)) * 1000)::bigint")
                        .replaceAll("contains\\((lower\\(\\w+\\)), '([^']*)'\\)",
                                "$1 LIKE '%$2%'"));
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    /// A server with an empty table; empty, with the reason said, where there is no PostgreSQL.
    static Optional<PostgresServer> server(Run run) throws IOException, InterruptedException {
        Optional<Path> programs = PostgresPackages.programs(run::say);
        if (programs.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(PostgresServer.start(programs.get(), run.folder("postgres")));
    }
}
