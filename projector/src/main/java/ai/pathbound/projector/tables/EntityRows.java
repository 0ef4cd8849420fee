package ai.pathbound.projector.tables;

import ai.pathbound.projector.columns.Cells;
import ai.pathbound.projector.state.Change;
import ai.pathbound.schemas.change.Company;
import ai.pathbound.schemas.change.Contact;
import ai.pathbound.schemas.change.Event;
import ai.pathbound.schemas.change.FirstTouch;
import ai.pathbound.schemas.change.PropertyValue;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Makes the cells of one entity after the other. Not safe for several threads.
final class EntityRows {
    private static final String UTM_PARAMETERS = "utmParams";
    private static final String UTM = "utm_";

    private final ColumnRow row = new ColumnRow();
    private final PropertyColumns properties = new PropertyColumns(ColumnNames.PROPERTY);
    private final PropertyColumns data = new PropertyColumns(ColumnNames.DATA);
    private final UrlPaths paths;

    /// @param paths may be shared with others
    EntityRows(UrlPaths paths) {
        this.paths = paths;
    }

    /// The cells of an entity of a kind that has a table, until the next one's are asked for.
    Cells cells(Change change) {
        String id = change.entityId();
        return switch (change.body()) {
            case Contact contact -> cells(id, contact);
            case Company company -> cells(id, company);
            case Event event -> cells(change, event);
            default -> throw new IllegalArgumentException(
                    "no table for " + change.body().getClass());
        };
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
