package ai.pathbound.projector.tables;

import ai.pathbound.projector.columns.DamagedException;
import ai.pathbound.projector.columns.Dictionary;
import ai.pathbound.projector.columns.Lookahead;
import ai.pathbound.projector.columns.TableView;
import ai.pathbound.projector.state.Change;
import ai.pathbound.schemas.change.Company;
import ai.pathbound.schemas.change.Contact;
import ai.pathbound.schemas.change.Event;
import ai.pathbound.schemas.topics.ChangeKey;
import ai.pathbound.schemas.topics.EntityKind;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/// The tables of one tenant. Ids of contacts, companies and visitors share their dictionaries, so that
/// joins are look-ups by code. Not safe for several threads: [PartitionTables] sees to it.
final class TenantTables {
    /// The kinds of entities that have a table.
    static final List<EntityKind> KINDS = List
            .of(EntityKind.CONTACT, EntityKind.COMPANY, EntityKind.EVENT);

    private final JoinState joins;
    private final EntityTable contacts;
    private final EntityTable companies;
    private final EntityTable events;

    private final UrlPaths paths = new UrlPaths();
    private final EntityRows rows = new EntityRows(paths);
    private final String filling = UUID.randomUUID().toString();
    private long otherChanges;

    /// @param origins where the table of each kind comes from
    /// @throws DamagedTableException if what was stored of one cannot be used
    TenantTables(int rowsPerSegment, Function<EntityKind, TableOrigin> origins) {
        Dictionary contactIds = new Dictionary();
        Dictionary companyIds = new Dictionary();
        Dictionary visitorIds = new Dictionary();
        joins = new JoinState(contactIds, companyIds, visitorIds);
        contacts = new EntityTable(rowsPerSegment, EntityKind.CONTACT, contactIds,
                Map.of(
                        ColumnNames.NAMED_COMPANY,
                        companyIds,
                        ColumnNames.CLAIM,
                        visitorIds,
                        ColumnNames.SECOND_CLAIM,
                        visitorIds),
                origins.apply(EntityKind.CONTACT));
        companies = new EntityTable(rowsPerSegment, EntityKind.COMPANY, companyIds, Map.of(),
                origins.apply(EntityKind.COMPANY));
        events = new EntityTable(rowsPerSegment, EntityKind.EVENT, new Dictionary(),
                Map.of(
                        ColumnNames.NAMED_CONTACT,
                        contactIds,
                        ColumnNames.VISITOR_ID,
                        visitorIds),
                origins.apply(EntityKind.EVENT));
        try {
            StoredJoins.readContacts(contacts.view(), visitorIds, joins);
        } catch (DamagedException e) {
            throw new DamagedTableException(EntityKind.CONTACT, e);
        }
        StoredJoins.readCompanies(companies.view(), joins);
    }

    static boolean holds(EntityKind kind) {
        return KINDS.contains(kind);
    }

    /// Makes rows of one kind on other threads than the one that puts them; one for each.
    ///
    /// @return makes the row of a change
    Function<Change, Lookahead.Row> rowsAhead(EntityKind kind) {
        Lookahead lookahead = table(kind).lookahead();
        EntityRows own = new EntityRows(paths);
        return change -> lookahead.row(own.cells(change));
    }

    /// Takes the entity's new state.
    void put(Change change) {
        table(change).put(change.entityId(), rows.cells(change));
        join(change);
    }

    /// @param row what [#rowsAhead] made of the change
    void put(Change change, Lookahead.Row row) {
        table(change).put(change.entityId(), row);
        join(change);
    }

    /// Takes the state of an entity the tables have no row of yet.
    void putNew(Change change, Lookahead.Row row) {
        table(change).putNew(change.entityId(), row);
        join(change);
    }

    private EntityTable table(Change change) {
        return switch (change.body()) {
            case Contact _ -> contacts;
            case Company _ -> companies;
            case Event _ -> events;
            default -> throw new IllegalArgumentException(
                    "no table for " + change.body().getClass());
        };
    }

    private void join(Change change) {
        switch (change.body()) {
            case Contact contact -> joins.putContact(change.entityId(), contact);
            case Company _ -> joins.setCompany(change.entityId(), true);
            default -> {
                // Events are joined by what their rows say.
            }
        }
    }

    /// Makes all texts findable; the last step of making tables.
    ///
    /// @throws IllegalArgumentException if an id came twice as a new one
    void index() {
        dictionaries().forEach(Dictionary::index);
    }

    private Set<Dictionary> dictionaries() {
        Set<Dictionary> all = Collections.newSetFromMap(new IdentityHashMap<>());
        for (EntityTable table : List.of(contacts, companies, events)) {
            all.addAll(table.dictionaries());
        }
        return all;
    }

    void remove(ChangeKey key) {
        switch (key.kind()) {
            case CONTACT -> {
                contacts.remove(key.id());
                joins.removeContact(key.id());
            }
            case COMPANY -> {
                companies.remove(key.id());
                joins.setCompany(key.id(), false);
            }
            case EVENT -> events.remove(key.id());
            case CONTACT_NOTE, CONVERSATION, MESSAGE, COMPANY_NOTE ->
                throw new IllegalArgumentException(
                        "no table for " + key.kind());
        }
    }

    private EntityTable table(EntityKind kind) {
        return switch (kind) {
            case CONTACT -> contacts;
            case COMPANY -> companies;
            case EVENT -> events;
            case CONTACT_NOTE, CONVERSATION, MESSAGE, COMPANY_NOTE ->
                throw new IllegalArgumentException("no table for " + kind);
        };
    }

    /// Where the table of a kind is stored.
    TableCheckpoint checkpoint(EntityKind kind) {
        return table(kind).checkpoint();
    }

    /// Counts a change of an entity that has no table.
    void other() {
        otherChanges++;
    }

    TableView view(EntityKind kind) {
        return table(kind).view();
    }

    /// The row of an entity, or -1.
    long rowOf(EntityKind kind, String id) {
        return table(kind).rowOf(id);
    }

    /// About how much memory the tables take as they were last looked at.
    long retainedBytes() {
        long bytes = joins.retainedBytes();
        for (EntityTable table : List.of(contacts, companies, events)) {
            bytes += table.retainedBytes();
        }
        return bytes + dictionaries().stream().mapToLong(Dictionary::retainedBytes).sum();
    }

    /// Finds out where new texts stand in the orders lists were sorted by.
    void keepOrdered() {
        contacts.dictionaries().forEach(Dictionary::keepOrdered);
        companies.dictionaries().forEach(Dictionary::keepOrdered);
    }

    TenantView view() {
        return new TenantView(contacts.view(), companies.view(), events.view(), joins.joins(),
                filling, otherChanges);
    }
}
