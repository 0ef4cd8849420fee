package ai.pathbound.projector.tables;

import ai.pathbound.projector.columns.ColumnId;
import ai.pathbound.projector.columns.Dictionary;
import ai.pathbound.projector.columns.Kind;
import ai.pathbound.projector.columns.Part;
import ai.pathbound.projector.columns.Segment;
import ai.pathbound.projector.columns.TableView;
import ai.pathbound.projector.columns.Value;
import ai.pathbound.projector.columns.encoding.BlockCodec;
import ai.pathbound.projector.columns.encoding.CheckpointCodec;
import ai.pathbound.projector.columns.encoding.CheckpointCodec.Checkpoint;
import ai.pathbound.projector.columns.encoding.CheckpointCodec.StoredColumn;
import ai.pathbound.projector.columns.encoding.CheckpointCodec.StoredSegment;
import ai.pathbound.projector.columns.encoding.DeadRowsCodec;
import ai.pathbound.projector.columns.encoding.DictionaryCodec;
import ai.pathbound.projector.columns.encoding.SegmentCodec;
import ai.pathbound.projector.columns.text.RadixPage;
import ai.pathbound.projector.state.Keys;
import ai.pathbound.schemas.topics.EntityKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToLongFunction;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps one of a tenant's tables in the store. Used by the stream thread alone.
///
/// At every point of the changelog: an entity's row in the checkpoint is what its document says, or the
/// entity is dirty. So the checkpoint may be cut off anywhere. What it writes before its header belongs
/// to nobody yet, with two exceptions that the old header may see: more dictionary entries, which it
/// does not count, and more dead rows, of entities that are dirty until after the header.
///
/// A run writes a bounded piece of dictionaries and segments; only the run that finds all of
/// them written writes the header.
final class TableCheckpoint {
    private static final Logger log = LoggerFactory.getLogger(TableCheckpoint.class);
    /// Kafka takes a megabyte in a record. A table with larger parts is not kept.
    static final int VALUE_BYTES_MAX = 900_000;
    private static final int PAGE_CHARS = 64 * 1024;

    private final String tenant;
    private final EntityKind kind;
    private final DirtyRemoval dirtyRemoval;
    private final Map<ColumnId, Integer> entries = new LinkedHashMap<>();
    private final Set<Long> written = new HashSet<>();
    private Map<Long, Integer> named = Map.of();
    private boolean stored;
    private boolean damaged;
    private boolean leftovers = true;
    private boolean isTooLarge;

    private TableCheckpoint(String tenant, EntityKind kind) {
        this.tenant = tenant;
        this.kind = kind;
        dirtyRemoval = new DirtyRemoval(new TableName(tenant, kind));
    }

    /// Nothing is stored yet.
    static TableCheckpoint none(String tenant, EntityKind kind) {
        return new TableCheckpoint(tenant, kind);
    }

    /// What is stored cannot be used: it goes before anything new comes.
    static TableCheckpoint damaged(String tenant, EntityKind kind) {
        TableCheckpoint state = new TableCheckpoint(tenant, kind);
        state.damaged = true;
        return state;
    }

    /// The table was opened from this.
    static TableCheckpoint of(String tenant, EntityKind kind, Checkpoint checkpoint) {
        TableCheckpoint state = new TableCheckpoint(tenant, kind);
        state.entries.putAll(StoredTable.entries(checkpoint));
        Map<Long, Integer> segments = new HashMap<>();
        checkpoint.segments().forEach(segment -> segments.put(segment.id(), segment.dead()));
        state.named = segments;
        state.written.addAll(segments.keySet());
        state.stored = true;
        return state;
    }

    boolean isStored() {
        return stored;
    }

    /// Forgets a damaged checkpoint. True if there was one.
    boolean forget(KeyValueStore<Bytes, byte[]> store) {
        boolean forgotten = damaged;
        if (damaged) {
            store.put(Bytes.wrap(Keys.checkpoint(tenant, kind)), null);
            damaged = false;
        }
        return forgotten;
    }

    /// Whether segments were sealed or written anew since the last header.
    boolean isBehind(TableView view) {
        return !isTooLarge
                && segments(view).keySet().stream().anyMatch(s -> !named.containsKey(s.id()));
    }

    private static Map<Segment, Part> segments(TableView view) {
        Map<Segment, Part> segments = new LinkedHashMap<>();
        for (Part part : view.parts()) {
            part.segment().ifPresent(segment -> segments.put(segment, part));
        }
        return segments;
    }

    /// Writes a bounded piece. Returns the bytes written.
    ///
    /// @param view the table as all changes in the store have made it
    /// @param rowOf the newest row of an entity, or -1
    /// @param bytesMax no further part is begun after so many bytes
    long run(KeyValueStore<Bytes, byte[]> store,
            TableView view,
            ToLongFunction<String> rowOf,
            long bytesMax) {
        RowBatches rows = new RowBatches(store);
        try {
            run(store, view, rowOf, rows, bytesMax);
        } catch (TooLargeException e) {
            // The last header, if there is one, and the dirty rows stay good.
            log.warn("The {} table of tenant {} is not stored", kind, tenant, e);
            isTooLarge = true;
        }
        return rows.bytes();
    }

    private void run(KeyValueStore<Bytes, byte[]> store,
            TableView view,
            ToLongFunction<String> rowOf,
            RowBatches rows,
            long bytesMax) {
        if (leftovers) {
            removeLeftovers(store, rows);
            leftovers = false;
        }
        Map<Segment, Part> segments = segments(view);
        boolean complete = dictionaries(view, rows, bytesMax);
        for (Segment segment : segments.keySet()) {
            complete &= rows.bytes() < bytesMax;
            if (complete && written.add(segment.id())) {
                segment(segment, rows);
            }
        }
        if (complete) {
            header(store, view, rowOf, segments, rows);
        }
        rows.flush();
    }

    private boolean dictionaries(TableView view, RowBatches rows, long bytesMax) {
        for (String name : view.names()) {
            for (Kind values : view.kinds(name)) {
                entries.putIfAbsent(new ColumnId(name, values), 0);
            }
        }
        int number = 0;
        for (Map.Entry<ColumnId, Integer> column : entries.entrySet()) {
            Dictionary dictionary = view.dictionary(column.getKey());
            int last = dictionary == null ? 0 : dictionary.size();
            while (dictionary != null && column.getValue() < last) {
                if (rows.bytes() >= bytesMax) {
                    return false;
                }
                int after = column.getValue();
                DictionaryCodec.Page page = page(dictionary, after + 1, last);
                put(
                        rows,
                        Keys.dictionary(tenant, kind, number, after + 1),
                        DictionaryCodec.encode(page));
                column.setValue(after + page.size());
            }
            number++;
        }
        return true;
    }

    /// Texts up to the end of the page they are in, so that the next one may be stored as it is.
    private static DictionaryCodec.Page page(Dictionary dictionary, int first, int last) {
        Optional<RadixPage> packed = dictionary.packed(first);
        if (packed.isPresent()) {
            return new DictionaryCodec.Packed(first, packed.get());
        }
        int end = Math.min(last, Dictionary.lastOfPage(first));
        List<String> texts = new ArrayList<>();
        for (int chars = 0; chars < PAGE_CHARS && first + texts.size() <= end;) {
            String text = dictionary.text(first + texts.size());
            texts.add(text);
            chars += text.length() + 4;
        }
        return new DictionaryCodec.Texts(first, texts);
    }

    private void segment(Segment segment, RowBatches rows) {
        // First, so that what a crash leaves of the blocks is found by it.
        put(
                rows,
                Keys.segment(tenant, kind, segment.id()),
                SegmentCodec.encode(segment));
        int position = 0;
        for (ColumnId column : segment.sortedStats().keySet()) {
            put(
                    rows,
                    Keys.block(tenant, kind, segment.id(), position++),
                    BlockCodec.encode(
                            segment.id(),
                            Objects.requireNonNull(segment.block(column))));
        }
    }

    /// Dead rows, dirty rows of the open tail, the header; then what only the old header needed.
    private void header(KeyValueStore<Bytes, byte[]> store,
            TableView view,
            ToLongFunction<String> rowOf,
            Map<Segment, Part> segments,
            RowBatches rows) {
        Map<Long, Integer> now = new LinkedHashMap<>();
        segments.forEach((segment, part) -> {
            int dead = part.dead().count();
            now.put(segment.id(), dead);
            if (dead != named.getOrDefault(segment.id(), 0)) {
                int count = segment.numbers().rows();
                rows.put(
                        Keys.dead(tenant, kind, segment.id()),
                        DeadRowsCodec.encode(segment.id(), count, part.dead()));
            }
        });
        if (!stored) {
            tailIds(view).forEach(
                    id -> rows.put(Keys.dirty(tenant, kind, id), new byte[0]));
        }
        put(
                rows,
                Keys.checkpoint(tenant, kind),
                CheckpointCodec.encode(checkpoint(view, now)));
        rows.flush();
        stored = true;
        named = now;
        for (long id : List.copyOf(written)) {
            if (!now.containsKey(id)) {
                remove(id, store, rows);
                written.remove(id);
            }
        }
        dirtyRemoval
                .run(store, id -> rowOf.applyAsLong(id) >= view.sealedEnd(), rows);
    }

    private Checkpoint checkpoint(TableView view, Map<Long, Integer> segments) {
        return new Checkpoint(view.sealedEnd(),
                segments.entrySet()
                        .stream()
                        .map(s -> new StoredSegment(s.getKey(), s.getValue()))
                        .toList(),
                entries.entrySet()
                        .stream()
                        .map(column -> new StoredColumn(column.getKey(), column.getValue()))
                        .toList(),
                List.copyOf(view.notKept()));
    }

    private List<String> tailIds(TableView view) {
        List<String> ids = new ArrayList<>();
        for (Part part : view.parts()) {
            for (int i = 0; !part.isSealed() && i < part.rows(); i++) {
                if (!part.dead().isDead(i)
                        && view.value(part.rowNumber(i), ColumnNames.idOf(kind))
                                .orElseThrow() instanceof Value.Text(String id)) {
                    ids.add(id);
                }
            }
        }
        return ids;
    }

    /// Removes segments that no header names: an earlier process was stopped in the middle.
    private void removeLeftovers(KeyValueStore<Bytes, byte[]> store, RowBatches rows) {
        byte[] first = Keys.segment(tenant, kind, 0);
        byte[] last = Keys.segment(tenant, kind, Long.MAX_VALUE);
        try (KeyValueIterator<Bytes, byte[]> all = store
                .range(Bytes.wrap(first), Bytes.wrap(last))) {
            while (all.hasNext()) {
                long id = Keys.segmentOf(all.next().key.get());
                if (!named.containsKey(id)) {
                    remove(id, store, rows);
                }
            }
        }
    }

    private void remove(long segment, KeyValueStore<Bytes, byte[]> store, RowBatches rows) {
        byte[] first = Keys.block(tenant, kind, segment, 0);
        byte[] last = Keys.block(tenant, kind, segment, 0xFFFF);
        try (KeyValueIterator<Bytes, byte[]> blocks = store
                .range(Bytes.wrap(first), Bytes.wrap(last))) {
            while (blocks.hasNext()) {
                rows.delete(blocks.next().key.get());
            }
        }
        rows.delete(Keys.dead(tenant, kind, segment));
        // Last, so that a removal that was cut off is found again.
        rows.delete(Keys.segment(tenant, kind, segment));
    }

    private static void put(RowBatches rows, byte[] key, byte[] value) {
        if (value.length > VALUE_BYTES_MAX) {
            throw new TooLargeException(value.length);
        }
        rows.put(key, value);
    }

    /// Some part of a table is larger than a record may be.
    private static final class TooLargeException extends RuntimeException {
        TooLargeException(int bytes) {
            super("a part of " + bytes + " bytes; at most " + VALUE_BYTES_MAX);
        }
    }
}
