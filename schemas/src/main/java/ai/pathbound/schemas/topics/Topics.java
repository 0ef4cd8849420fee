package ai.pathbound.schemas.topics;

import java.util.List;

/// The topics of the read model: the only place with their names.
///
/// The three change topics have equal partition counts and the same partitioner
/// ([TenantPartitioner]), so that all changes of a tenant meet in one Streams task. They are
/// compacted: each record carries the whole state of its entity, so the newest record per key is
/// enough to rebuild everything.
public final class Topics {
    public static final String CONTACT_CHANGES = "pathbound.contact.changes.v1";
    public static final String COMPANY_CHANGES = "pathbound.company.changes.v1";
    public static final String EVENT_CHANGES = "pathbound.event.changes.v1";
    public static final String DEAD_LETTERS = "pathbound.dead-letters.v1";
    /// Attempts to write through the MCP server: JSON keyed by tenant, kept by time.
    public static final String AUDIT = "pathbound.audit.v1";

    /// The change topics, in the order in which offsets are stored.
    public static final List<String> CHANGES = List
            .of(CONTACT_CHANGES, COMPANY_CHANGES, EVENT_CHANGES);

    /// Largest change record we accept, key and value together. Kafka's default limit for a record
    /// batch is 1 MiB; the rest is room for the rows made from it.
    public static final int CHANGE_BYTES_MAX = 768 * 1024;

    /// Limit of the dead-letter topic: the largest record a broker takes by default on the change
    /// topics, wrapped once.
    public static final int DEAD_LETTER_BYTES_MAX = 2 * 1024 * 1024;

    private Topics() {}
}
