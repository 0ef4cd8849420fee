package ai.pathbound.projector.answer;

import ai.pathbound.projector.columns.Kind;
import ai.pathbound.projector.columns.TableView;
import ai.pathbound.projector.columns.query.Operand;
import ai.pathbound.projector.columns.query.QueryEngine;
import ai.pathbound.projector.query.Question.Entity;
import ai.pathbound.projector.tables.ColumnNames;
import ai.pathbound.projector.tables.TenantView;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// The fields an entity can be grouped, measured and filtered by, under the names callers use. Open
/// properties go by their plain name, or `properties.<name>` where a fixed field has that name. Texts
/// of the contact or company something belongs to go by `contact.<name>` and `company.<name>`.
final class Fields {
    private static final String OF_CONTACT = "contact.";
    private static final String OF_COMPANY = "company.";
    private static final Set<String> UTM = Set
            .of("utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content");
    private static final Map<String, String> ALIASES = Map.of(
            "event_type",
            ColumnNames.EVENT,
            "createdAt",
            ColumnNames.ACCEPTED_AT,
            "createdate",
            ColumnNames.CREATED_AT,
            "lifecycle_stage",
            "lifecyclestage",
            "job_title",
            "jobtitle");
    private static final Set<String> CONTACT = Set.of(
            ColumnNames.CONTACT_ID,
            ColumnNames.CREATION_SOURCE,
            ColumnNames.CREATION_REFERRER,
            ColumnNames.CREATION_REFERRING_DOMAIN,
            ColumnNames.CREATION_LANDING_PAGE,
            ColumnNames.CREATED_AT,
            ColumnNames.UPDATED_AT,
            ColumnNames.ENRICHED_AT,
            ColumnNames.FIRST_SEEN_AT);
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
    private static final Set<String> COMPANY = Set
            .of(ColumnNames.COMPANY_ID, ColumnNames.CREATED_AT, ColumnNames.UPDATED_AT);
    private static final Set<String> COMPANY_PROPERTIES = Set
            .of("domain", "name", "industry", "employee_count", "lifecyclestage", "country");
    private static final Set<String> EVENT = Set.of(
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

    private final Entity entity;
    private final TenantView tables;
    private final QueryEngine engine;

    Fields(Entity entity, TenantView tables, QueryEngine engine) {
        this.entity = entity;
        this.tables = tables;
        this.engine = engine;
    }

    TableView table() {
        return switch (entity) {
            case CONTACTS -> tables.contacts();
            case COMPANIES -> tables.companies();
            case EVENTS -> tables.events();
        };
    }

    /// The entity's own time.
    String time() {
        return entity == Entity.EVENTS ? ColumnNames.TIMESTAMP : ColumnNames.CREATED_AT;
    }

    /// Whether the entities can be in segments.
    boolean haveSegments() {
        return entity == Entity.CONTACTS;
    }

    /// Whether texts of the field compare exactly: names and ids, not words.
    static boolean isExact(String name) {
        String field = ALIASES.getOrDefault(name, name);
        return field.equals(ColumnNames.EVENT) || field.endsWith("_id");
    }

    /// Where the field's values are; empty for a name nobody has ever used.
    Optional<Operand> find(String name) {
        String field = ALIASES.getOrDefault(name, name);
        if (field.equals(ColumnNames.CONTACT_ID) && entity == Entity.EVENTS) {
            return Optional.of(tables.joins().owner());
        }
        if (field.equals(ColumnNames.COMPANY_ID) && entity != Entity.COMPANIES) {
            return Optional.of(
                    entity == Entity.EVENTS
                            ? tables.joins().ownersCompany()
                            : tables.joins().company());
        }
        if (fixed().contains(field)) {
            return Optional.of(Operand.field(field));
        }
        if (entity == Entity.EVENTS && field.startsWith(OF_CONTACT)) {
            return joined(Entity.CONTACTS,
                    tables.joins().owner(),
                    ColumnNames.CONTACT_ID,
                    field.substring(OF_CONTACT.length()));
        }
        if (entity != Entity.COMPANIES && field.startsWith(OF_COMPANY)) {
            return joined(Entity.COMPANIES,
                    entity == Entity.EVENTS
                            ? tables.joins().ownersCompany()
                            : tables.joins().company(),
                    ColumnNames.COMPANY_ID,
                    field.substring(OF_COMPANY.length()));
        }
        String property = property(field);
        boolean known = knownProperties().contains(property)
                || !table().kinds(prefix() + property).isEmpty();
        return known ? Optional.of(Operand.field(prefix() + property)) : Optional.empty();
    }

    /// A text of the entity that the rows belong to.
    private Optional<Operand> joined(Entity other, Operand whose, String idColumn, String name) {
        Fields theirs = new Fields(other, tables, engine);
        return theirs.find(name)
                .flatMap(
                        operand -> operand instanceof Operand.Field(String column)
                                && theirs.mayBeTexts(column)
                                        ? Optional.of(
                                                engine.between(theirs.table(), idColumn, column))
                                        : Optional.empty())
                .map(map -> new Operand.Mapped(whose, map));
    }

    private boolean mayBeTexts(String column) {
        Set<Kind> kinds = table().kinds(column);
        return kinds.isEmpty() || kinds.contains(Kind.TEXT);
    }

    /// Whether the values are times, which texts are then read as. Open properties never are: theirs
    /// are texts and numbers, whatever the name.
    boolean isTime(String name) {
        String field = ALIASES.getOrDefault(name, name);
        return fixed().contains(field)
                && (field.endsWith("_at") || field.equals(ColumnNames.TIMESTAMP));
    }

    /// Whether the table has met the field but keeps no more columns.
    boolean isNotKept(String name) {
        return table().notKept().contains(prefix() + property(ALIASES.getOrDefault(name, name)));
    }

    /// Every name that can be asked for.
    Collection<String> names() {
        Set<String> names = new TreeSet<>(fixed());
        names.addAll(knownProperties());
        for (String column : table().names()) {
            if (column.startsWith(prefix())) {
                names.add(column.substring(prefix().length()));
            }
        }
        if (entity == Entity.EVENTS) {
            CONTACT_PROPERTIES.forEach(name -> names.add(OF_CONTACT + name));
        }
        if (entity != Entity.COMPANIES) {
            names.addAll(List.of(ColumnNames.CONTACT_ID, ColumnNames.COMPANY_ID));
            COMPANY_PROPERTIES.forEach(name -> names.add(OF_COMPANY + name));
        }
        return names;
    }

    private String prefix() {
        return entity == Entity.EVENTS ? ColumnNames.DATA : ColumnNames.PROPERTY;
    }

    private String property(String field) {
        for (String prefix : List.of(ColumnNames.PROPERTY, ColumnNames.DATA)) {
            if (field.startsWith(prefix)) {
                return field.substring(prefix.length());
            }
        }
        return field;
    }

    private Set<String> fixed() {
        Set<String> names = new TreeSet<>(switch (entity) {
            case CONTACTS -> CONTACT;
            case COMPANIES -> COMPANY;
            case EVENTS -> EVENT;
        });
        if (entity != Entity.COMPANIES) {
            names.addAll(UTM);
        }
        return names;
    }

    private Set<String> knownProperties() {
        return switch (entity) {
            case CONTACTS -> CONTACT_PROPERTIES;
            case COMPANIES -> COMPANY_PROPERTIES;
            case EVENTS -> Set.of("title");
        };
    }
}
