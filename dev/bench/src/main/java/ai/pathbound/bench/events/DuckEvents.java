package ai.pathbound.bench.events;

import ai.pathbound.bench.report.Run;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/// The same events in DuckDB, inside this process. The table is in a file, because only there does
/// DuckDB compress its columns, which makes its scans faster; after the gate's first answers the file
/// is in memory. An event's contact stands in its row: DuckDB is spared the join.
final class DuckEvents implements AutoCloseable {
    private static final String TABLE = """
            CREATE TABLE events (
              event_id VARCHAR, happened_at TIMESTAMPTZ, accepted_at TIMESTAMPTZ, event VARCHAR, url VARCHAR,
              path VARCHAR, domain VARCHAR, referring_domain VARCHAR, browser VARCHAR,
              browser_version VARCHAR, os VARCHAR, device_type VARCHAR, is_bot BOOLEAN,
              visitor_id VARCHAR, session_id VARCHAR, title VARCHAR, contact_id VARCHAR,
              utm_source VARCHAR, amount BIGINT)""";
    private static final long MICROS = 1_000;

    private final DuckDBConnection connection;
    private final DuckDBAppender appender;

    DuckEvents(Path file, int threads) throws SQLException {
        connection = (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:" + file);
        execute("SET threads = " + threads);
        execute("SET TimeZone = 'UTC'");
        execute(TABLE);
        appender = connection.createAppender("events");
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    void add(EventRow row) throws SQLException {
        appender.beginRow();
        appender.append(row.id());
        appender.appendEpochMicros(row.millis() * MICROS);
        appender.appendEpochMicros(row.acceptedMillis() * MICROS);
        appender.append(row.event());
        appender.append(row.url());
        appender.append(row.path());
        appender.append(row.domain());
        appender.append(row.referringDomain());
        appender.append(row.browser());
        appender.append(row.browserVersion());
        appender.append(row.os());
        appender.append(row.device());
        appender.append(row.bot());
        appender.append(row.visitor());
        appender.append(row.session());
        appender.append(row.title());
        if (row.owner().isPresent()) {
            appender.append(row.owner().get());
        } else {
            appender.appendNull();
        }
        if (row.utmSource().isPresent()) {
            appender.append(row.utmSource().get());
        } else {
            appender.appendNull();
        }
        if (row.amount().isPresent()) {
            appender.append(row.amount().getAsLong());
        } else {
            appender.appendNull();
        }
        appender.endRow();
    }

    void loaded() throws SQLException {
        appender.close();
        execute("CHECKPOINT");
    }

    void tellVersion(Run run) throws SQLException {
        try (PreparedStatement version = prepare("SELECT version()")) {
            run.say("DuckDB " + rows(version).getFirst().getFirst());
        }
    }

    PreparedStatement prepare(String sql) throws SQLException {
        return connection.prepareStatement(sql);
    }

    /// The rows of an answer, each value as [Answers] spells it.
    static List<List<String>> rows(PreparedStatement statement) throws SQLException {
        try (ResultSet results = statement.executeQuery()) {
            int columns = results.getMetaData().getColumnCount();
            List<List<String>> rows = new ArrayList<>();
            while (results.next()) {
                List<String> row = new ArrayList<>(columns);
                for (int column = 1; column <= columns; column++) {
                    row.add(Answers.spelled(results.getObject(column)));
                }
                rows.add(row);
            }
            return rows;
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
