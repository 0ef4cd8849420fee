package ai.pathbound.projector.columns.encoding;

import ai.pathbound.projector.columns.BlockSource;
import ai.pathbound.projector.columns.ColumnId;
import ai.pathbound.projector.columns.Dictionary;
import ai.pathbound.projector.columns.Restore;
import ai.pathbound.projector.columns.RowModel;
import ai.pathbound.projector.columns.Segment;
import ai.pathbound.projector.columns.Table;
import ai.pathbound.projector.columns.TableChanges;
import ai.pathbound.projector.columns.TableSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/// Keeps a table the way a key-value store would: bytes by key.
public final class StoredTable {
    private final Map<Long, byte[]> headers = new TreeMap<>();
    private final Map<Long, Map<ColumnId, byte[]>> blocks = new HashMap<>();
    private final Map<ColumnId, List<byte[]>> pages = new HashMap<>();
    private final Map<ColumnId, Integer> entries = new HashMap<>();
    private final Set<TableChanges.Kill> kills = new HashSet<>();
    private final BlockCache cache = new BlockCache(20_000);
    private long nextRow;
    private long sealedEnd;

    public void store(Table table, TableChanges changes) {
        table.view().dictionaries().forEach(this::storeEntries);
        for (Segment segment : changes.sealed()) {
            headers.put(segment.id(), SegmentCodec.encode(segment));
            Map<ColumnId, byte[]> of = new HashMap<>();
            for (ColumnId column : segment.columns()) {
                of.put(
                        column,
                        BlockCodec.encode(
                                segment.id(),
                                Objects.requireNonNull(segment.block(column))));
            }
            blocks.put(segment.id(), of);
            Table.readFrom(segment, source(0));
        }
        for (long id : changes.removed()) {
            headers.remove(id);
            kills.removeIf(kill -> kill.segment() == id);
        }
        kills.addAll(changes.kills());
        nextRow = changes.nextRow();
        sealedEnd = changes.sealedEnd();
    }

    private void storeEntries(ColumnId column, Dictionary dictionary) {
        int stored = entries.getOrDefault(column, 0);
        if (dictionary.size() > stored) {
            pages.computeIfAbsent(column, _ -> new ArrayList<>())
                    .add(
                            DictionaryCodec.encode(
                                    new DictionaryCodec.Texts(stored + 1,
                                            dictionary.textsAfter(stored))));
            entries.put(column, dictionary.size());
        }
    }

    private BlockSource source(long generation) {
        return cache.of(
                generation,
                (segment, column) -> Objects
                        .requireNonNull(Objects.requireNonNull(blocks.get(segment)).get(column)));
    }

    public Table open(TableSettings settings, RowModel rows, long generation) {
        Restore restore = new Restore(settings);
        pages.forEach((column, all) -> {
            for (byte[] bytes : all) {
                DictionaryCodec.Page page = DictionaryCodec.decode(bytes);
                restore.dictionary(column).restore(page.firstCode(), page.texts());
            }
        });
        headers.values()
                .forEach(
                        header -> restore
                                .segment(SegmentCodec.decode(header, source(generation))));
        kills.forEach(restore::kill);
        rows.rows().forEach((row, cells) -> {
            if (row >= sealedEnd) {
                restore.tailRow(row, cells);
            }
        });
        return restore.finish(nextRow);
    }
}
