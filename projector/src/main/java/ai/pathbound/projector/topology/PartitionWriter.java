package ai.pathbound.projector.topology;

import ai.pathbound.projector.projection.Projection;
import ai.pathbound.projector.rocks.PartitionStore;
import ai.pathbound.projector.state.Keys;
import ai.pathbound.projector.state.Progress;
import ai.pathbound.projector.tables.DirtyRows;
import ai.pathbound.schemas.topics.Topics;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/// Brings changes into the state of a partition: works out their rows, writes them with the progress row
/// last, in one batch, and tells everybody. Changes that others are known to follow wait for those.
final class PartitionWriter {
    private final ProjectionContext context;
    private final int partition;
    private final KeyValueStore<Bytes, byte[]> logged;
    private final PartitionStore store;
    private final ChangeBatch batch = new ChangeBatch();
    private final Uuid[] topicIds = new Uuid[Topics.CHANGES.size()];
    /// Since the pace was told.
    private int fullBatches;
    /// With what is in the batch.
    private final @Nullable Progress[] progress = new Progress[Topics.CHANGES.size()];

    /// Goes on where the state ends.
    ///
    /// @param logged the partition's store with the changelog in front of it
    PartitionWriter(ProjectionContext context,
            int partition,
            KeyValueStore<Bytes, byte[]> logged) {
        this.context = context;
        this.partition = partition;
        this.logged = logged;
        store = context.stores().of(partition).orElseThrow();
        Map<String, Uuid> current = context.topics().ids();
        for (int topic = 0; topic < progress.length; topic++) {
            String name = Topics.CHANGES.get(topic);
            Progress stored = Progress.of(logged.get(Bytes.wrap(Keys.progress(topic))));
            topicIds[topic] = known(current.get(name), name);
            // Offsets of another topic of the same name would make us skip changes.
            if (stored != null && !stored.topicId().equals(topicIds[topic])) {
                throw SourceChangedException
                        .recreated(name, stored.topicId(), topicIds[topic]);
            }
            progress[topic] = stored;
        }
        store.beforeCommit(this::write);
    }

    /// Without an id nothing can be said, least of all that the topic is another one.
    private static Uuid known(@Nullable Uuid id, String topic) {
        if (id == null || id.equals(Uuid.ZERO_UUID)) {
            throw new StreamsException("Kafka does not tell the id of the topic " + topic);
        }
        return id;
    }

    /// The last offset applied of each topic, -1 for none.
    List<Long> applied() {
        return Stream.of(progress).map(now -> now == null ? -1L : now.offset()).toList();
    }

    boolean isApplied(int topic, long offset) {
        Progress now = progress[topic];
        return now != null && offset <= now.offset();
    }

    /// Takes the next record of a topic.
    void take(ReadRecord read) {
        progress[read.topic()] = after(progress[read.topic()], read);
        batch.add(read);
        if (batch.isFull()) {
            fullBatches++;
            write();
        } else if (!context.backlog().goesOnAfter(partition, read.topic(), read.offset())) {
            write();
        }
    }

    /// Tells the store, now and then, whether it is being written as fast as can be.
    void pace() {
        store.bulk(fullBatches > 0);
        fullBatches = 0;
    }

    private Progress after(@Nullable Progress before, ReadRecord read) {
        long occurred = read.change() == null
                ? Long.MIN_VALUE
                : read.change().incoming().occurredMillis();
        return new Progress(topicIds[read.topic()], read.offset(),
                before == null ? occurred : Math.max(occurred, before.newestMillis()));
    }

    /// Writes what waits, each change on top of those before it. That stored column rows are old comes
    /// before the documents: a crash between the two must not leave a document that nobody will look at
    /// again.
    void write() {
        List<ReadRecord> records = batch.take();
        if (records.isEmpty()) {
            return;
        }
        Map<Bytes, byte[]> documents = documents(records);
        Projection projection = new Projection(documents::get);
        DirtyRows dirty = context.tables().dirtyRows(partition);
        List<KeyValue<Bytes, byte[]>> rows = new ArrayList<>(3 * records.size());
        List<Projection.Effect> effects = new ArrayList<>(records.size());
        BitSet topics = new BitSet();
        for (ReadRecord read : records) {
            topics.set(read.topic());
            ReadRecord.Change change = read.change();
            Projection.Outcome outcome = change == null
                    ? Projection.Outcome.OLD_NEWS
                    : projection.outcome(change.prepared());
            effects.add(outcome.effect());
            if (change != null) {
                // Also when the document is there already: a batch that comes again after a crash must
                // not replace its row by one that names fewer entities.
                dirty.add(change.incoming().key(), read.offset());
            }
            if (outcome.effect() != Projection.Effect.NONE) {
                KeyValue<Bytes, byte[]> document = outcome.rows().getLast();
                documents.put(document.key, document.value);
                rows.addAll(outcome.rows());
            }
        }
        rows.addAll(0, dirty.rows());
        topics.stream().forEach(topic -> rows.add(progressRow(topic)));
        logged.putAll(rows);
        for (int i = 0; i < records.size(); i++) {
            tell(records.get(i), effects.get(i));
        }
    }

    /// The stored documents the changes are about.
    private Map<Bytes, byte[]> documents(List<ReadRecord> records) {
        List<Bytes> keys = new ArrayList<>();
        for (ReadRecord read : records) {
            if (read.change() != null) {
                keys.addAll(read.change().prepared().documents());
            }
        }
        return store.getAll(keys);
    }

    private KeyValue<Bytes, byte[]> progressRow(int topic) {
        return KeyValue.pair(
                Bytes.wrap(Keys.progress(topic)),
                Objects.requireNonNull(progress[topic]).row());
    }

    private void tell(ReadRecord read, Projection.Effect effect) {
        ReadRecord.Change change = read.change();
        if (change != null) {
            updateTables(change.incoming(), effect);
        }
        context.listener().applied(partition, read.topic(), read.offset());
        if (change != null) {
            context.listener().visible(change.incoming().key(), change.incoming().version());
        }
    }

    private void updateTables(ChangeReader.Incoming incoming, Projection.Effect effect) {
        switch (effect) {
            case STORED -> context.tables()
                    .stored(
                            partition,
                            incoming.key(),
                            Objects.requireNonNull(incoming.change()));
            case DELETED -> context.tables().deleted(partition, incoming.key());
            case NONE -> {
                // Old news.
            }
        }
    }

    /// Whether so much was written that Streams should commit now.
    boolean needsCommit() {
        return store.needsCommit();
    }

    /// Nothing more is written; what waits is dropped.
    void close() {
        store.beforeCommit(null);
        // Somebody else may write it, while it is read here as a copy.
        store.bulk(false);
    }
}
