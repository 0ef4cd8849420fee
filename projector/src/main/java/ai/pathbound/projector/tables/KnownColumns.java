package ai.pathbound.projector.tables;

import ai.pathbound.schemas.topics.EntityKind;
import java.util.HashSet;
import java.util.Set;

/// The columns that are always kept, however many open properties an account has: the fixed ones, and
/// the properties that lists and their filters are made of.
public final class KnownColumns {
    private static final Set<String> UTM = Set
            .of("utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content");
    private static final Set<String> CONTACT = with(UTM,
            ColumnNames.CONTACT_ID,
            ColumnNames.CREATION_SOURCE,
            ColumnNames.CREATION_REFERRER,
            ColumnNames.CREATION_REFERRING_DOMAIN,
            ColumnNames.CREATION_LANDING_PAGE,
            ColumnNames.CREATED_AT,
            ColumnNames.UPDATED_AT,
            ColumnNames.ENRICHED_AT,
            ColumnNames.FIRST_SEEN_AT);
    private static final Set<String> COMPANY = Set
            .of(ColumnNames.COMPANY_ID, ColumnNames.CREATED_AT, ColumnNames.UPDATED_AT);
    private static final Set<String> EVENT = with(UTM,
            ColumnNames.EVENT_ID,
            ColumnNames.EVENT,
            ColumnNames.TIMESTAMP,
            ColumnNames.ACCEPTED_AT,
            ColumnNames.URL,
            ColumnNames.PATH,
            ColumnNames.DOMAIN,
            ColumnNames.REFERRING_DOMAIN,
            ColumnNames.BROWSER,
            ColumnNames.BROWSER_VERSION,
            ColumnNames.OS,
            ColumnNames.DEVICE_TYPE,
            ColumnNames.IS_BOT,
            ColumnNames.VISITOR_ID,
            ColumnNames.SESSION_ID);
    private static final Set<String> CONTACT_PROPERTIES = Set.of("email",
            "firstname",
            "lastname",
            "company",
            "jobtitle",
            "lifecyclestage",
            "lead_status",
            "industry",
            "country",
            "city",
            "state",
            "linkedin");
    private static final Set<String> COMPANY_PROPERTIES = Set
            .of("domain", "name", "industry", "employee_count", "lifecyclestage", "country");
    private static final Set<String> EVENT_DATA = Set.of("title");

    private KnownColumns() {}

    private static Set<String> with(Set<String> some, String... others) {
        Set<String> all = new HashSet<>(some);
        all.addAll(Set.of(others));
        return Set.copyOf(all);
    }

    /// Fixed columns that can be asked for by their own name.
    public static Set<String> fixed(EntityKind kind) {
        return switch (kind) {
            case CONTACT -> CONTACT;
            case COMPANY -> COMPANY;
            case EVENT -> EVENT;
            case CONTACT_NOTE, CONVERSATION, MESSAGE, COMPANY_NOTE ->
                throw new IllegalArgumentException("no table for " + kind);
        };
    }

    /// Properties there always are, whether or not an entity has a value, without the column's prefix.
    public static Set<String> properties(EntityKind kind) {
        return switch (kind) {
            case CONTACT -> CONTACT_PROPERTIES;
            case COMPANY -> COMPANY_PROPERTIES;
            case EVENT -> EVENT_DATA;
            case CONTACT_NOTE, CONVERSATION, MESSAGE, COMPANY_NOTE ->
                throw new IllegalArgumentException("no table for " + kind);
        };
    }

    /// Before the names of an entity's open properties.
    public static String prefix(EntityKind kind) {
        return kind == EntityKind.EVENT ? ColumnNames.DATA : ColumnNames.PROPERTY;
    }

    /// All columns of a table that do not count as open ones.
    static Set<String> reserved(EntityKind kind) {
        Set<String> names = new HashSet<>(fixed(kind));
        properties(kind).forEach(name -> names.add(prefix(kind) + name));
        switch (kind) {
            case CONTACT -> {
                names.add(ColumnNames.SEGMENT_IDS);
                names.addAll(StoredJoins.COLUMNS);
            }
            case EVENT -> names.add(ColumnNames.NAMED_CONTACT);
            case COMPANY, CONTACT_NOTE, CONVERSATION, MESSAGE, COMPANY_NOTE -> {
                // No others.
            }
        }
        return names;
    }
}
