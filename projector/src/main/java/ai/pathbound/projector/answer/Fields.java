package ai.pathbound.projector.answer;

import ai.pathbound.projector.columns.Kind;
import ai.pathbound.projector.columns.TableView;
import ai.pathbound.projector.columns.query.Operand;
import ai.pathbound.projector.columns.query.QueryEngine;
import ai.pathbound.projector.query.JoinedField;
import ai.pathbound.projector.query.Question.Entity;
import ai.pathbound.projector.tables.ColumnNames;
import ai.pathbound.projector.tables.Joins;
import ai.pathbound.projector.tables.KnownColumns;
import ai.pathbound.projector.tables.TenantView;
import ai.pathbound.schemas.topics.EntityKind;
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
        Optional<JoinedField> joined = JoinedField.of(entity, field);
        if (joined.isPresent()) {
            return joined(joined.get());
        }
        String property = property(field);
        boolean known = knownProperties().contains(property)
                || !table().kinds(prefix() + property).isEmpty();
        return known ? Optional.of(Operand.field(prefix() + property)) : Optional.empty();
    }

    /// A text of the entity that the rows belong to.
    private Optional<Operand> joined(JoinedField field) {
        Joins joins = tables.joins();
        boolean contact = field.entity() == Entity.CONTACTS;
        Operand whose = contact
                ? joins.owner()
                : entity == Entity.EVENTS ? joins.ownersCompany() : joins.company();
        String idColumn = contact ? ColumnNames.CONTACT_ID : ColumnNames.COMPANY_ID;
        Fields theirs = of(field.entity());
        return theirs.find(field.name())
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

    /// Whether the table has met the field but has no room for its column.
    boolean isNotKept(String name) {
        String field = ALIASES.getOrDefault(name, name);
        Optional<JoinedField> joined = JoinedField.of(entity, field);
        if (joined.isPresent()) {
            return of(joined.get().entity()).isNotKept(joined.get().name());
        }
        return table().notKept().contains(prefix() + property(field))
                || table().notKept().contains(field);
    }

    private Fields of(Entity other) {
        return new Fields(other, tables, engine);
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
            KnownColumns.properties(EntityKind.CONTACT)
                    .forEach(name -> names.add(JoinedField.OF_CONTACT + name));
        }
        if (entity != Entity.COMPANIES) {
            names.addAll(List.of(ColumnNames.CONTACT_ID, ColumnNames.COMPANY_ID));
            KnownColumns.properties(EntityKind.COMPANY)
                    .forEach(name -> names.add(JoinedField.OF_COMPANY + name));
        }
        return names;
    }

    private EntityKind kind() {
        return switch (entity) {
            case CONTACTS -> EntityKind.CONTACT;
            case COMPANIES -> EntityKind.COMPANY;
            case EVENTS -> EntityKind.EVENT;
        };
    }

    private String prefix() {
        return KnownColumns.prefix(kind());
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
        return KnownColumns.fixed(kind());
    }

    private Set<String> knownProperties() {
        return KnownColumns.properties(kind());
    }
}
