package ai.pathbound.sandbox.oauth;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;

/// The database of clients, grants and replaced refresh tokens: an H2 file. The first two tables
/// are those Spring Authorization Server reads and writes, with room for longer client ids and
/// indexes on what tokens are found by.
final class GrantStore implements AutoCloseable {
    private static final List<String> TABLES = List.of("""
            CREATE TABLE IF NOT EXISTS oauth2_registered_client (
              id VARCHAR(100) PRIMARY KEY, client_id VARCHAR(2000) NOT NULL UNIQUE,
              client_id_issued_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL,
              client_secret VARCHAR(200), client_secret_expires_at TIMESTAMP,
              client_name VARCHAR(200) NOT NULL,
              client_authentication_methods VARCHAR(1000) NOT NULL,
              authorization_grant_types VARCHAR(1000) NOT NULL, redirect_uris VARCHAR(10000),
              post_logout_redirect_uris VARCHAR(1000), scopes VARCHAR(1000) NOT NULL,
              client_settings VARCHAR(2000) NOT NULL, token_settings VARCHAR(2000) NOT NULL)""",
            """
                    CREATE TABLE IF NOT EXISTS oauth2_authorization (
                      id VARCHAR(100) PRIMARY KEY, registered_client_id VARCHAR(100) NOT NULL,
                      principal_name VARCHAR(200) NOT NULL,
                      authorization_grant_type VARCHAR(100) NOT NULL,
                      authorized_scopes VARCHAR(1000), attributes VARCHAR(100000),
                      state VARCHAR(500),
                      authorization_code_value VARCHAR(4000),
                      authorization_code_issued_at TIMESTAMP, authorization_code_expires_at TIMESTAMP,
                      authorization_code_metadata VARCHAR(10000),
                      access_token_value VARCHAR(10000),
                      access_token_issued_at TIMESTAMP, access_token_expires_at TIMESTAMP,
                      access_token_metadata VARCHAR(10000), access_token_type VARCHAR(100),
                      access_token_scopes VARCHAR(1000),
                      oidc_id_token_value VARCHAR(4000), oidc_id_token_issued_at TIMESTAMP,
                      oidc_id_token_expires_at TIMESTAMP, oidc_id_token_metadata VARCHAR(10000),
                      refresh_token_value VARCHAR(4000),
                      refresh_token_issued_at TIMESTAMP, refresh_token_expires_at TIMESTAMP,
                      refresh_token_metadata VARCHAR(10000),
                      user_code_value VARCHAR(4000), user_code_issued_at TIMESTAMP,
                      user_code_expires_at TIMESTAMP, user_code_metadata VARCHAR(10000),
                      device_code_value VARCHAR(4000), device_code_issued_at TIMESTAMP,
                      device_code_expires_at TIMESTAMP, device_code_metadata VARCHAR(10000))""",
            "CREATE INDEX IF NOT EXISTS authorization_state ON oauth2_authorization (state)",
            "CREATE INDEX IF NOT EXISTS authorization_code"
                    + " ON oauth2_authorization (authorization_code_value)",
            "CREATE INDEX IF NOT EXISTS authorization_refresh"
                    + " ON oauth2_authorization (refresh_token_value)",
            """
                    CREATE TABLE IF NOT EXISTS replaced_refresh_token (
                      hash VARCHAR(64) PRIMARY KEY, authorization_id VARCHAR(100) NOT NULL,
                      replaced_at BIGINT NOT NULL, used_again BOOLEAN NOT NULL,
                      FOREIGN KEY (authorization_id) REFERENCES oauth2_authorization (id)
                        ON DELETE CASCADE)""",
            // What nobody has gone on with: sign-ins broken off, and grants that have run out.
            """
                    DELETE FROM oauth2_authorization
                    WHERE access_token_value IS NULL OR refresh_token_expires_at < CURRENT_TIMESTAMP""");

    /// A refresh token that has been replaced by a newer one of the same grant.
    record Replaced(String authorizationId, Instant at, boolean usedAgain) {}

    private final HikariDataSource source;
    private final JdbcTemplate jdbc;

    GrantStore(Path dataDir) {
        HikariConfig config = new HikariConfig();
        // Commits outlive kill -9, as those of the stand-in's own data.
        config.setJdbcUrl(
                "jdbc:h2:file:" + dataDir.toAbsolutePath().resolve("grants")
                        + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;LOCK_TIMEOUT=20000");
        config.setMaximumPoolSize(4);
        config.setPoolName("grants");
        source = new HikariDataSource(config);
        jdbc = new JdbcTemplate(source);
        TABLES.forEach(jdbc::execute);
    }

    JdbcTemplate jdbc() {
        return jdbc;
    }

    Optional<Replaced> replaced(String hash) {
        return jdbc.query(
                "SELECT authorization_id, replaced_at, used_again FROM replaced_refresh_token"
                        + " WHERE hash = ?",
                (row, _) -> new Replaced(row.getString(1), Instant.ofEpochMilli(row.getLong(2)),
                        row.getBoolean(3)),
                hash).stream().findFirst();
    }

    void replace(String hash, String authorizationId, Instant at) {
        jdbc.update(
                "INSERT INTO replaced_refresh_token VALUES (?, ?, ?, FALSE)",
                hash,
                authorizationId,
                at.toEpochMilli());
    }

    void useAgain(String hash) {
        jdbc.update("UPDATE replaced_refresh_token SET used_again = TRUE WHERE hash = ?", hash);
    }

    @Override
    public void close() {
        source.close();
    }
}
