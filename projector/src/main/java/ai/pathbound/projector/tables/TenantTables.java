package ai.pathbound.projector.tables;

import ai.pathbound.projector.columns.Cells;
import ai.pathbound.projector.columns.DamagedException;
import ai.pathbound.projector.columns.Dictionary;
import ai.pathbound.projector.columns.TableView;
import ai.pathbound.projector.state.Change;
import ai.pathbound.schemas.change.Company;
import ai.pathbound.schemas.change.Contact;
import ai.pathbound.schemas.change.Event;
import ai.pathbound.schemas.change.FirstTouch;
import ai.pathbound.schemas.change.PropertyValue;
import ai.pathbound.schemas.topics.ChangeKey;
import ai.pathbound.schemas.topics.EntityKind;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The tables of one tenant. Ids of contacts, companies and visitors share their dictionaries, so that
/// joins are look-ups by code. Not safe for several threads: [PartitionTables] sees to it.
final class TenantTables {
    /// The kinds of entities that have a table.
    static final List<EntityKind> KINDS = List
            .of(EntityKind.CONTACT, EntityKind.COMPANY, EntityKind.EVENT);

    private static final String UTM_PARAMETERS = "utmParams";
    private static final String UTM = "utm_";

    private final JoinState joins;
    private final EntityTable contacts;
    private final EntityTable companies;
    private final EntityTable events;

    private final ColumnRow row = new ColumnRow();
    private final PropertyColumns properties = new PropertyColumns(ColumnNames.PROPERTY);
    private final PropertyColumns data = new PropertyColumns(ColumnNames.DATA);
    private final UrlPaths paths = new UrlPaths();
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
                StoredJoins.COLUMNS, origins.apply(EntityKind.CONTACT));
        companies = new EntityTable(rowsPerSegment, EntityKind.COMPANY, companyIds, Map.of(),
                Set.of(), origins.apply(EntityKind.COMPANY));
        events = new EntityTable(rowsPerSegment, EntityKind.EVENT, new Dictionary(),
                Map.of(
                        ColumnNames.NAMED_CONTACT,
                        contactIds,
                        ColumnNames.VISITOR_ID,
                        visitorIds),
                Set.of(), origins.apply(EntityKind.EVENT));
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

    /// Takes the entity's new state.
    void put(Change change) {
        String id = change.entityId();
        switch (change.body()) {
            case Contact contact -> {
                contacts.put(id, cells(id, contact));
                joins.putContact(id, contact);
            }
            case Company company -> {
                companies.put(id, cells(id, company));
                joins.setCompany(id, true);
            }
            case Event event -> events.put(id, cells(change, event));
            default -> throw new IllegalArgumentException(
                    "no table for " + change.body().getClass());
        }
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
        Set<Dictionary> dictionaries = Collections.newSetFromMap(new IdentityHashMap<>());
        long bytes = joins.retainedBytes();
        for (EntityTable table : List.of(contacts, companies, events)) {
            bytes += table.retainedBytes();
            dictionaries.addAll(table.dictionaries());
        }
        return bytes + dictionaries.stream().mapToLong(Dictionary::retainedBytes).sum();
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

    private Cells cells(String id, Contact contact) {
        row.begin();
        row.text(ColumnNames.CONTACT_ID, id);
        row.list(ColumnNames.SEGMENT_IDS, contact.getSegmentIds());
        row.text(ColumnNames.CREATION_SOURCE, contact.getCreationSource());
        FirstTouch touch = contact.getFirstTouch();
        if (touch != null) {
            row.text(ColumnNames.CREATION_REFERRER, touch.getReferrer());
            row.text(ColumnNames.CREATION_REFERRING_DOMAIN, touch.getReferringDomain());
            row.text(ColumnNames.CREATION_LANDING_PAGE, touch.getLandingPage());
            touch.getUtms().forEach((name, value) -> {
                // Any other name would take the place of a fixed column.
                if (name.startsWith(UTM)) {
                    row.text(name, value);
                }
            });
        }
        row.time(ColumnNames.CREATED_AT, contact.getCreatedAt());
        row.time(ColumnNames.UPDATED_AT, contact.getUpdatedAt());
        row.time(ColumnNames.ENRICHED_AT, contact.getEnrichedAt());
        row.time(ColumnNames.FIRST_SEEN_AT, contact.getFirstSeenAt());
        row.properties(properties, contact.getProperties());
        StoredJoins.write(row,
                contact.getCompanyId(),
                contact.getVisitorIds(),
                contact.getCreatedAt().toEpochMilli());
        return row.cells();
    }

    private Cells cells(String id, Company company) {
        row.begin();
        row.text(ColumnNames.COMPANY_ID, id);
        row.time(ColumnNames.CREATED_AT, company.getCreatedAt());
        row.time(ColumnNames.UPDATED_AT, company.getUpdatedAt());
        row.properties(properties, company.getProperties());
        return row.cells();
    }

    private Cells cells(Change change, Event event) {
        row.begin();
        event.getData().forEach((name, value) -> {
            if (name.equals(UTM_PARAMETERS) && value.getValue() instanceof Map<?, ?> members) {
                // Shown as fields of their own; the object as a whole is nothing to group by.
                members.forEach((member, utm) -> utm(member.toString(), utm));
            } else {
                row.property(data.of(name), value.getValue());
            }
        });
        row.text(ColumnNames.EVENT_ID, change.entityId());
        row.text(ColumnNames.EVENT, event.getName());
        row.time(ColumnNames.TIMESTAMP, event.getTimestamp());
        row.time(ColumnNames.ACCEPTED_AT, change.occurredAt());
        row.text(ColumnNames.URL, event.getUrl());
        row.text(ColumnNames.PATH, paths.of(event.getUrl()));
        row.text(ColumnNames.DOMAIN, event.getDomain());
        row.text(ColumnNames.REFERRING_DOMAIN, event.getReferringDomain());
        row.text(ColumnNames.BROWSER, event.getBrowser());
        row.text(ColumnNames.BROWSER_VERSION, event.getBrowserVersion());
        row.text(ColumnNames.OS, event.getOs());
        row.text(ColumnNames.DEVICE_TYPE, event.getDeviceType());
        row.flag(ColumnNames.IS_BOT, event.getIsBot());
        row.text(ColumnNames.NAMED_CONTACT, event.getContactId());
        row.text(ColumnNames.VISITOR_ID, event.getVisitorId());
        row.text(ColumnNames.SESSION_ID, event.getSessionId());
        return row.cells();
    }

    private void utm(String name, @Nullable Object value) {
        if (name.startsWith(UTM) && value instanceof PropertyValue wrapped) {
            row.property(name, wrapped.getValue());
        }
    }
}
