package ai.pathbound.projector.tables;

import ai.pathbound.projector.columns.DamagedException;
import ai.pathbound.projector.state.Keys;
import ai.pathbound.schemas.topics.ChangeKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;

/// Collects the rows that have to be written, before all others of some changes, because the entities'
/// states in stored tables are about to be old ones. An entity alone has an empty row under its id;
/// several of a table share a row:
///
///     format(1) = 1 | id | 00 | id | 00 ...
public final class DirtyRows {
    private static final byte FORMAT = 1;
    private static final char END = 0;

    private final Predicate<TableName> isStored;
    private final Map<TableName, Ids> tables = new LinkedHashMap<>();

    /// Of the tables that are stored.
    DirtyRows(Predicate<TableName> isStored) {
        this.isStored = isStored;
    }

    private static final class Ids {
        private final Set<String> ids = new LinkedHashSet<>();
        private long lastOffset;
    }

    /// The entity changes.
    ///
    /// @param offset of the change in its topic, higher than those before
    public void add(ChangeKey key, long offset) {
        TableName table = new TableName(key.tenant(), key.kind());
        if (isStored.test(table)) {
            Ids ids = tables.computeIfAbsent(table, _ -> new Ids());
            ids.ids.add(key.id());
            ids.lastOffset = offset;
        }
    }

    /// The rows.
    public List<KeyValue<Bytes, byte[]>> rows() {
        List<KeyValue<Bytes, byte[]>> rows = new ArrayList<>();
        tables.forEach(
                (table, ids) -> rows.add(
                        ids.ids.size() == 1
                                ? alone(table, ids.ids.iterator().next())
                                : together(table, ids)));
        return rows;
    }

    private static KeyValue<Bytes, byte[]> alone(TableName table, String id) {
        return KeyValue.pair(
                Bytes.wrap(Keys.dirty(table.tenant(), table.kind(), id)),
                new byte[0]);
    }

    private static KeyValue<Bytes, byte[]> together(TableName table, Ids ids) {
        StringBuilder row = new StringBuilder().append((char) FORMAT);
        ids.ids.forEach(id -> row.append(id).append(END));
        return KeyValue.pair(
                Bytes.wrap(Keys.dirtyIds(table.tenant(), table.kind(), ids.lastOffset)),
                row.toString().getBytes(StandardCharsets.ISO_8859_1));
    }

    /// The ids in a row of several.
    ///
    /// @throws DamagedException if it is none
    static List<String> ids(byte[] row) {
        if (row.length == 0 || row[0] != FORMAT || row[row.length - 1] != END) {
            throw new DamagedException("ids of dirty entities in an unknown format");
        }
        List<String> ids = new ArrayList<>();
        for (int begin = 1, at = 1; at < row.length; at++) {
            if (row[at] == END) {
                ids.add(new String(row, begin, at - begin, StandardCharsets.ISO_8859_1));
                begin = at + 1;
            }
        }
        return ids;
    }
}
