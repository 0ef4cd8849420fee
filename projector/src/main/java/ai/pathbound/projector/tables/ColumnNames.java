package ai.pathbound.projector.tables;

import ai.pathbound.schemas.topics.EntityKind;

/// Names of the columns that are not open properties. Those carry a prefix, so no property can take
/// the place of a fixed column.
public final class ColumnNames {
    /// Before the names of contacts' and companies' properties.
    public static final String PROPERTY = "properties.";
    /// Before the names in an event's payload.
    public static final String DATA = "data.";

    public static final String CONTACT_ID = "contact_id";
    public static final String COMPANY_ID = "company_id";
    public static final String EVENT_ID = "event_id";
    public static final String SEGMENT_IDS = "segment_ids";
    public static final String CREATION_SOURCE = "creation_source";
    public static final String CREATION_REFERRER = "creation_referrer";
    public static final String CREATION_REFERRING_DOMAIN = "creation_referring_domain";
    public static final String CREATION_LANDING_PAGE = "creation_landing_page";
    public static final String CREATED_AT = "created_at";
    public static final String UPDATED_AT = "updated_at";
    public static final String ENRICHED_AT = "enriched_at";
    public static final String FIRST_SEEN_AT = "first_seen_at";

    public static final String EVENT = "event";
    public static final String TIMESTAMP = "timestamp";
    public static final String ACCEPTED_AT = "accepted_at";
    public static final String URL = "url";
    public static final String PATH = "path";
    public static final String DOMAIN = "domain";
    public static final String REFERRING_DOMAIN = "referring_domain";
    public static final String BROWSER = "browser";
    public static final String BROWSER_VERSION = "browser_version";
    public static final String OS = "os";
    public static final String DEVICE_TYPE = "device_type";
    public static final String IS_BOT = "is_bot";
    /// The contact an event names; whose it really is, is [Joins#owner].
    public static final String NAMED_CONTACT = "named_contact";
    public static final String VISITOR_ID = "visitor_id";
    public static final String SESSION_ID = "session_id";

    /// What a contact says of other entities; joins are made of it, nobody asks for it as a column. The
    /// company it names, existing or not; the first and the second visitor it claims, and a list of
    /// all others; when it was created, if that is no time a column may hold.
    static final String NAMED_COMPANY = "named_company";
    static final String CLAIM = "claim";
    static final String SECOND_CLAIM = "second_claim";
    static final String MORE_CLAIMS = "more_claims";
    static final String CREATED_MILLIS = "created_millis";

    private ColumnNames() {}

    /// The column of the ids of entities that have a table.
    static String idOf(EntityKind kind) {
        return switch (kind) {
            case CONTACT -> CONTACT_ID;
            case COMPANY -> COMPANY_ID;
            case EVENT -> EVENT_ID;
            case CONTACT_NOTE, CONVERSATION, MESSAGE, COMPANY_NOTE ->
                throw new IllegalArgumentException("no table for " + kind);
        };
    }
}
