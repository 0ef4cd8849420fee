package ai.pathbound.bench.events;

import ai.pathbound.projector.columns.ColumnId;
import ai.pathbound.projector.columns.Dictionary;
import ai.pathbound.projector.columns.Kind;
import ai.pathbound.projector.columns.Table;
import ai.pathbound.projector.columns.TableSettings;
import ai.pathbound.projector.columns.TableView;
import ai.pathbound.projector.columns.Value;
import ai.pathbound.projector.columns.query.CodeMap;
import ai.pathbound.projector.columns.query.CodeSet;
import ai.pathbound.projector.columns.query.Operand;
import ai.pathbound.projector.tables.ColumnNames;
import ai.pathbound.projector.tables.Joins;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/// The events in our column store, with the columns the read model gives an event and its way to find
/// an event's contact.
final class EngineEvents {
    static final String TITLE = ColumnNames.DATA + "title";
    static final String AMOUNT = ColumnNames.DATA + "amount";
    static final String UTM_SOURCE = "utm_source";

    private final Dictionary contacts = new Dictionary();
    private final Dictionary visitors = new Dictionary();
    private final Joins joins;
    private final Table table;

    EngineEvents(Fixture fixture) {
        joins = joins(fixture);
        table = new Table(
                TableSettings.sharing(
                        Map.of(
                                ColumnNames.NAMED_CONTACT,
                                contacts,
                                ColumnNames.VISITOR_ID,
                                visitors)));
    }

    private Joins joins(Fixture fixture) {
        int[] claimants = new int[fixture.visitors() + 1];
        for (int visitor = 0; visitor < fixture.visitors(); visitor++) {
            int code = visitors.add(fixture.visitor(visitor));
            claimants[code] = fixture.contactOf(visitor).map(contacts::add).orElse(0);
        }
        BitSet live = new BitSet();
        live.set(1, contacts.size() + 1);
        return new Joins(CodeSet.copyOf(live), new CodeMap(claimants, contacts),
                new CodeMap(new int[0], new Dictionary()));
    }

    void add(EventRow row) {
        Map<String, Value> cells = new HashMap<>();
        cells.put(ColumnNames.EVENT_ID, Value.text(row.id()));
        cells.put(ColumnNames.EVENT, Value.text(row.event()));
        cells.put(ColumnNames.TIMESTAMP, new Value.Time(row.millis()));
        cells.put(ColumnNames.ACCEPTED_AT, new Value.Time(row.acceptedMillis()));
        cells.put(ColumnNames.URL, Value.text(row.url()));
        cells.put(ColumnNames.PATH, Value.text(row.path()));
        cells.put(ColumnNames.DOMAIN, Value.text(row.domain()));
        cells.put(ColumnNames.REFERRING_DOMAIN, Value.text(row.referringDomain()));
        cells.put(ColumnNames.BROWSER, Value.text(row.browser()));
        cells.put(ColumnNames.BROWSER_VERSION, Value.text(row.browserVersion()));
        cells.put(ColumnNames.OS, Value.text(row.os()));
        cells.put(ColumnNames.DEVICE_TYPE, Value.text(row.device()));
        cells.put(ColumnNames.IS_BOT, Value.bool(row.bot()));
        cells.put(ColumnNames.VISITOR_ID, Value.text(row.visitor()));
        cells.put(ColumnNames.SESSION_ID, Value.text(row.session()));
        cells.put(TITLE, Value.text(row.title()));
        row.named().ifPresent(id -> cells.put(ColumnNames.NAMED_CONTACT, Value.text(id)));
        row.utmSource().ifPresent(source -> cells.put(UTM_SOURCE, Value.text(source)));
        row.amount().ifPresent(amount -> cells.put(AMOUNT, Value.number(amount)));
        table.append(cells);
    }

    TableView view() {
        table.publish();
        return table.view();
    }

    /// The contact an event belongs to.
    Operand owner() {
        return joins.owner();
    }

    /// Bytes of the texts of one column.
    static long dictionaryBytes(TableView view, String column) {
        Dictionary dictionary = view.dictionary(new ColumnId(column, Kind.TEXT));
        return dictionary == null ? 0 : dictionary.retainedBytes();
    }

    static long dictionaryBytes(TableView view) {
        return view.dictionaries().values().stream().mapToLong(Dictionary::retainedBytes).sum();
    }
}
