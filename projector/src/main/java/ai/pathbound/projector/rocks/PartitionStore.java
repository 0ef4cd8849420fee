package ai.pathbound.projector.rocks;

import java.io.File;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.processor.BatchingStateRestoreCallback;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.query.Position;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.internals.CacheFlushListener;
import org.apache.kafka.streams.state.internals.CachedStateStore;
import org.jspecify.annotations.Nullable;
import org.rocksdb.FlushOptions;
import org.rocksdb.MutableColumnFamilyOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one RocksDB of a partition: bytes to bytes, changelogged by Streams around it.
///
/// **Exactness.** What is on disk is always the state at some Streams commit, together with the
/// changelog offset of that commit. There is no write-ahead log, a memtable is flushed only inside
/// [#commit], when Streams has had every changelog record acknowledged, and it is sized so that it
/// never fills in between. So disk is never ahead of the changelog: replaying the changelog from the
/// stored offset gives a prefix of the original writes, and rows written together never disagree.
///
/// **With transactions** Streams tells of no commit while a task runs, so the disk may hold rows of a
/// transaction that is never committed. The first row written after a commit therefore takes the offset
/// away, in one batch with it; closing in order brings it back. A store that was killed is found either
/// as it was opened or without an offset, and Streams then makes it anew from the changelog, as it does
/// with its own stores.
///
/// Rows of one change go through [#putAll] as one atomic batch; readers see all or none.
///
/// **Before a commit** Streams asks stores that hold rows back to write them ([CachedStateStore], which is
/// not part of its public interface; tests hold that it is called). Whoever keeps back rows for this one
/// says how with [#beforeCommit].
public final class PartitionStore
        implements
            KeyValueStore<Bytes, byte[]>,
            CachedStateStore<Bytes, byte[]> {
    private static final Logger log = LoggerFactory.getLogger(PartitionStore.class);
    /// Flush at the first commit that finds this much in the memtable: small enough for a quick
    /// replay after a crash, large enough for few files.
    private static final long FLUSH_BYTES = 16L << 20;

    /// Flush at the first commit after this long, however little there is: what a kill leaves on the disk
    /// of a quiet partition must not be as old as the process.
    private static final Duration FLUSH_EVERY = Duration.ofHours(1);

    private final String name;
    private final RocksResources resources;
    private final PartitionStores stores;
    private volatile ReadGate gate = new ReadGate();
    private @Nullable Options options;
    private @Nullable WriteOptions writeOptions;
    /// Of the stream thread, for the rows of one change after the other: it keeps its memory.
    private @Nullable WriteBatch changes;
    private volatile @Nullable RocksDB db;
    private @Nullable Runnable beforeCommit;
    private boolean bulk;
    private int partition = -1;
    private boolean exactlyOnce;
    /// Whether rows were written that the stored offset does not tell of. Only with transactions.
    private boolean ahead;
    private long uncommittedBytes;
    private long unflushedBytes;
    private long flushedNanos;

    PartitionStore(String name, RocksResources resources, PartitionStores stores) {
        this.name = name;
        this.resources = resources;
        this.stores = stores;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        partition = context.taskId().partition();
        exactlyOnce = StreamsConfig.EXACTLY_ONCE_V2
                .equals(context.appConfigs().get(StreamsConfig.PROCESSING_GUARANTEE_CONFIG));
        open(
                new File(new File(context.stateDir(), "rocksdb"), name),
                new TopicPartition(context.applicationId() + "-" + name + "-changelog", partition));
        BatchingStateRestoreCallback restore = this::restore;
        context.register(root, restore);
        stores.opened(partition, this);
    }

    private void open(File directory, TopicPartition changelog) {
        try {
            if (!directory.isDirectory() && !directory.mkdirs()) {
                throw new ProcessorStateException("cannot create " + directory);
            }
            Options opened = resources.newOptions();
            options = opened;
            writeOptions = new WriteOptions().setDisableWAL(true);
            changes = new WriteBatch();
            RocksDB found = RocksDB.open(opened, directory.getPath());
            Optional<String> unusable = unusable(found, changelog);
            if (unusable.isPresent()) {
                log.warn(
                        "The store in {} {}: it is made again from the changelog",
                        directory,
                        unusable.get());
                found.close();
                RocksDB.destroyDB(directory.getPath(), opened);
                found = RocksDB.open(opened, directory.getPath());
            }
            db = found;
            gate = new ReadGate();
            flushedNanos = System.nanoTime();
        } catch (RocksDBException e) {
            throw new ProcessorStateException("cannot open the store in " + directory, e);
        }
    }

    /// Why the rows must not be gone on from, if they must not.
    private Optional<String> unusable(RocksDB found, TopicPartition changelog)
            throws RocksDBException {
        if (!exactlyOnce && OffsetRows.areMissing(found)) {
            // Left behind by transactions; without them Streams would take its rows for committed.
            return Optional.of("ended in a transaction");
        }
        try {
            Long offset = OffsetRows.get(found, changelog);
            return offset == null || OffsetRows.areAll(found)
                    || stores.reach().holdsAllAfter(changelog, offset)
                            ? Optional.empty()
                            : Optional.of(
                                    "ends at offset " + offset
                                            + " of its changelog and may have missed deletes since");
        } catch (RuntimeException e) {
            found.close();
            throw e;
        }
    }

    private RocksDB db() {
        return Objects.requireNonNull(db, "store is not open");
    }

    /// Stands for this opening of the store. Closed and opened again, it may hold less than before.
    public Object opening() {
        return gate;
    }

    /// Runs a read on one consistent snapshot; empty when the store is closed or closing. The store
    /// cannot be closed while the read runs.
    public <T> Optional<T> read(SnapshotRead<T> read) {
        return read(gate, read);
    }

    /// As [#read(SnapshotRead)]; empty, too, when the store was opened again since that opening.
    public <T> Optional<T> read(Object opening, SnapshotRead<T> read) {
        ReadGate entered = gate;
        if (!opening.equals(entered) || !entered.enter()) {
            return Optional.empty();
        }
        try (Snapshot snapshot = new Snapshot(db(), stores)) {
            return Optional.of(read.apply(snapshot));
        } finally {
            entered.leave();
        }
    }

    /// A number RocksDB keeps about itself, such as `rocksdb.cur-size-all-mem-tables`; empty when the
    /// store is closed or closing.
    public OptionalLong measure(String property) {
        ReadGate entered = gate;
        if (!entered.enter()) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(db().getLongProperty(property));
        } catch (RocksDBException e) {
            throw failed("measure", e);
        } finally {
            entered.leave();
        }
    }

    @Override
    public byte @Nullable [] get(Bytes key) {
        try {
            return db().get(key.get());
        } catch (RocksDBException e) {
            throw failed("read", e);
        }
    }

    /// The values of those rows that exist: one crossing into native code for all of them.
    public Map<Bytes, byte[]> getAll(List<Bytes> keys) {
        try {
            Map<Bytes, byte[]> found = HashMap.newHashMap(keys.size());
            if (keys.isEmpty()) {
                return found;
            }
            List<byte[]> values = db().multiGetAsList(keys.stream().map(Bytes::get).toList());
            for (int i = 0; i < keys.size(); i++) {
                byte[] value = values.get(i);
                if (value != null) {
                    found.put(keys.get(i), value);
                }
            }
            return found;
        } catch (RocksDBException e) {
            throw failed("read", e);
        }
    }

    @Override
    public void put(Bytes key, byte @Nullable [] value) {
        putAll(List.of(KeyValue.pair(key, value)));
    }

    @Override
    public byte @Nullable [] putIfAbsent(Bytes key, byte[] value) {
        byte[] old = get(key);
        if (old == null) {
            put(key, value);
        }
        return old;
    }

    @Override
    public byte @Nullable [] delete(Bytes key) {
        byte[] old = get(key);
        put(key, null);
        return old;
    }

    @Override
    public void putAll(List<KeyValue<Bytes, byte[]>> rows) {
        WriteBatch batch = Objects.requireNonNull(changes, "store is not open");
        try {
            batch.clear();
            if (exactlyOnce && !ahead) {
                OffsetRows.deleteAll(db(), batch);
            }
            for (KeyValue<Bytes, byte[]> row : rows) {
                add(batch, row.key.get(), row.value);
            }
            write(batch);
            ahead = exactlyOnce;
            if (ahead && unflushedBytes >= FLUSH_BYTES) {
                flush(false);
            }
        } catch (RocksDBException e) {
            throw failed("write", e);
        }
    }

    private void restore(Collection<KeyValue<byte[], byte[]>> rows) {
        try (WriteBatch batch = new WriteBatch()) {
            for (KeyValue<byte[], byte[]> row : rows) {
                add(batch, row.key, row.value);
            }
            write(batch);
        } catch (RocksDBException e) {
            throw failed("restore", e);
        }
    }

    private static void add(WriteBatch batch, byte[] key, byte @Nullable [] value)
            throws RocksDBException {
        if (value == null) {
            batch.delete(key);
        } else {
            batch.put(key, value);
        }
    }

    private void write(WriteBatch batch) throws RocksDBException {
        long bytes = batch.getDataSize();
        db().write(Objects.requireNonNull(writeOptions), batch);
        uncommittedBytes += bytes;
        unflushedBytes += bytes;
    }

    /// Whether so much was written since the last commit, a quarter of the memtable, that the writer
    /// has to ask Streams for a commit: that keeps the promise in the class comment. Never so with
    /// transactions, whose commits the store does not hear of.
    public boolean needsCommit() {
        return !exactlyOnce && uncommittedBytes > RocksResources.MEMTABLE_BYTES_MAX / 4;
    }

    /// Says whether so much is being written, and so little read, that files are better merged later and
    /// more at once.
    public void bulk(boolean now) {
        RocksDB open = db;
        if (now == bulk || open == null) {
            return;
        }
        bulk = now;
        try {
            open.setOptions(
                    MutableColumnFamilyOptions.builder()
                            .setLevel0FileNumCompactionTrigger(
                                    now
                                            ? RocksResources.FILES_MERGED_IN_BULK
                                            : RocksResources.FILES_MERGED)
                            .build());
        } catch (RocksDBException e) {
            throw failed("set options of", e);
        }
    }

    /// What the stream thread runs before it commits what it has read, or null for nothing.
    public void beforeCommit(@Nullable Runnable write) {
        beforeCommit = write;
    }

    @Override
    public void flushCache() {
        if (beforeCommit != null) {
            beforeCommit.run();
        }
    }

    @Override
    public void clearCache() {
        // Nothing is held here.
    }

    @Override
    public boolean setFlushListener(CacheFlushListener<Bytes, byte[]> listener, boolean oldValues) {
        return false;
    }

    @Override
    public void commit(Map<TopicPartition, Long> changelogOffsets) {
        try (WriteBatch batch = new WriteBatch()) {
            if (changelogOffsets.isEmpty()) {
                OffsetRows.deleteAll(db(), batch);
            }
            OffsetRows.put(changelogOffsets, batch);
            write(batch);
            uncommittedBytes = 0;
            ahead = false;
            if (unflushedBytes >= FLUSH_BYTES
                    || System.nanoTime() - flushedNanos > FLUSH_EVERY.toNanos()) {
                flush(false);
            }
        } catch (RocksDBException e) {
            throw failed("commit", e);
        }
    }

    private void flush(boolean wait) throws RocksDBException {
        try (FlushOptions flush = new FlushOptions().setWaitForFlush(wait)
                .setAllowWriteStall(true)) {
            db().flush(flush);
            unflushedBytes = 0;
            flushedNanos = System.nanoTime();
        }
    }

    @Override
    public @Nullable Long committedOffset(TopicPartition changelog) {
        try {
            return OffsetRows.get(db(), changelog);
        } catch (RocksDBException e) {
            throw failed("read offsets of", e);
        }
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> range(@Nullable Bytes from, @Nullable Bytes to) {
        byte[] after = to == null
                ? OffsetRows.begin()
                : Arrays.copyOf(
                        to.get(),
                        to.get().length + 1);
        return new RowIterator(db(), from == null ? new byte[0] : from.get(), after);
    }

    @Override
    public <S extends Serializer<P>, P> KeyValueIterator<Bytes, byte[]> prefixScan(P prefix,
            S serializer) {
        byte[] first = serializer.serialize(name, prefix);
        return new RowIterator(db(), first, Snapshot.after(first));
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> all() {
        return range(null, null);
    }

    @Override
    public long approximateNumEntries() {
        try {
            return db().getLongProperty("rocksdb.estimate-num-keys");
        } catch (RocksDBException e) {
            throw failed("measure", e);
        }
    }

    @Override
    public Position getPosition() {
        return Position.emptyPosition();
    }

    @Override
    public boolean persistent() {
        return true;
    }

    @Override
    @SuppressWarnings("deprecation") // Streams still asks.
    public boolean managesOffsets() {
        return true;
    }

    @Override
    public boolean isOpen() {
        return db != null;
    }

    /// Waits for running reads, then closes. Rows written since the last commit are dropped, not
    /// flushed: Streams applies their changes again.
    @Override
    public void close() {
        RocksDB closing = db;
        if (closing == null) {
            return;
        }
        stores.closed(partition, this);
        gate.close();
        try {
            if (uncommittedBytes == 0) {
                flush(true);
            }
        } catch (RocksDBException e) {
            throw failed("flush", e);
        } finally {
            db = null;
            closing.close();
            // Whoever comes later finds nothing, not what was freed.
            Objects.requireNonNull(changes).close();
            changes = null;
            Objects.requireNonNull(writeOptions).close();
            writeOptions = null;
            Objects.requireNonNull(options).close();
            options = null;
            uncommittedBytes = 0;
            unflushedBytes = 0;
            ahead = false;
            bulk = false;
        }
    }

    private ProcessorStateException failed(String what, RocksDBException e) {
        return new ProcessorStateException("cannot " + what + " store " + name + " of partition "
                + partition, e);
    }
}
