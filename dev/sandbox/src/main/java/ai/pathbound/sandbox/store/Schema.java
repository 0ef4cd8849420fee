package ai.pathbound.sandbox.store;

import java.util.List;

/// The tables and their indexes. Each entity row holds the bytes of its newest change; the other columns only find it.
final class Schema {
    static final List<String> TABLES = List.of("""
            CREATE TABLE IF NOT EXISTS entity (
              tenant VARCHAR(64) NOT NULL, kind VARCHAR(16) NOT NULL, id VARCHAR(200) NOT NULL,
              version BIGINT NOT NULL, parent VARCHAR(200), unique_key VARCHAR(400),
              external_id VARCHAR(200),
              change VARBINARY(1000000) NOT NULL,
              PRIMARY KEY (tenant, kind, id), UNIQUE (tenant, kind, unique_key))""",
            "CREATE INDEX IF NOT EXISTS entity_parent ON entity (tenant, kind, parent)",
            "CREATE INDEX IF NOT EXISTS entity_external ON entity (tenant, external_id)",
            """
                    CREATE TABLE IF NOT EXISTS visitor (
                      tenant VARCHAR(64) NOT NULL, visitor VARCHAR(200) NOT NULL,
                      contact_id VARCHAR(200) NOT NULL, created_at BIGINT NOT NULL,
                      PRIMARY KEY (tenant, visitor, contact_id))""",
            "CREATE INDEX IF NOT EXISTS visitor_contact ON visitor (tenant, contact_id)",
            """
                    CREATE TABLE IF NOT EXISTS event (
                      tenant VARCHAR(64) NOT NULL, id VARCHAR(200) NOT NULL,
                      version BIGINT NOT NULL, at BIGINT NOT NULL, name VARCHAR(200) NOT NULL,
                      contact_id VARCHAR(200), visitor_id VARCHAR(200), url VARCHAR(2000),
                      domain VARCHAR(300), is_bot BOOLEAN NOT NULL,
                      change VARBINARY(1000000) NOT NULL, PRIMARY KEY (tenant, id))""",
            """
                    CREATE TABLE IF NOT EXISTS outbox (
                      seq BIGINT GENERATED ALWAYS AS IDENTITY (CACHE 10000) PRIMARY KEY,
                      topic VARCHAR(100) NOT NULL, record_key VARBINARY(400) NOT NULL,
                      record_value VARBINARY(1000000) NOT NULL)""",
            """
                    CREATE TABLE IF NOT EXISTS answer (
                      id VARCHAR(100) PRIMARY KEY, request VARCHAR(100) NOT NULL,
                      status INT NOT NULL, body CLOB NOT NULL, at BIGINT NOT NULL)""",
            "CREATE INDEX IF NOT EXISTS answer_at ON answer (at)",
            "CREATE TABLE IF NOT EXISTS note (name VARCHAR(100) PRIMARY KEY, text VARCHAR(1000))");

    static final List<String> EVENT_INDEXES = List.of(
            "CREATE INDEX IF NOT EXISTS event_at ON event (tenant, at)",
            "CREATE INDEX IF NOT EXISTS event_contact ON event (tenant, contact_id)",
            "CREATE INDEX IF NOT EXISTS event_visitor ON event (tenant, visitor_id)");

    static final List<String> DROP_EVENT_INDEXES = List.of(
            "DROP INDEX IF EXISTS event_at",
            "DROP INDEX IF EXISTS event_contact",
            "DROP INDEX IF EXISTS event_visitor");

    /// The contact an event row `e` belongs to: the linked one while it exists; without a link the
    /// oldest contact that knows the visitor.
    static final String OWNER = """
            (CASE WHEN e.contact_id IS NOT NULL
              THEN (SELECT c.id FROM entity c WHERE c.tenant = e.tenant AND c.kind = 'contact'
                    AND c.id = e.contact_id)
              ELSE (SELECT v.contact_id FROM visitor v WHERE v.tenant = e.tenant
                    AND v.visitor = e.visitor_id ORDER BY v.created_at, v.contact_id LIMIT 1)
              END)""";

    private Schema() {}
}
