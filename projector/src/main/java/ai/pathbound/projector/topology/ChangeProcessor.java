package ai.pathbound.projector.topology;

import ai.pathbound.projector.projection.Projection;
import ai.pathbound.projector.projection.Sweep;
import ai.pathbound.projector.rocks.PartitionStore;
import ai.pathbound.projector.state.Change;
import ai.pathbound.projector.state.Keys;
import ai.pathbound.projector.state.Progress;
import ai.pathbound.schemas.change.DeadLetterReason;
import ai.pathbound.schemas.topics.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/// Applies the changes of one partition: check, compute all rows, write them with the progress row
/// last, in one batch. A record at or below the stored progress was applied before and is skipped; a
/// record nobody can apply goes to the dead letters with its position.
final class ChangeProcessor implements Processor<byte[], byte[], byte[], byte[]> {
    private static final Duration SWEEP_EVERY = Duration.ofSeconds(1);
    /// Small pieces in quick succession: changes wait for one of them at most.
    private static final Duration CHECKPOINT_EVERY = Duration.ofMillis(100);
    private static final Duration FIT_EVERY = Duration.ofSeconds(1);
    private static final int SWEEP_ENTITIES_MAX = 500;

    private final ProjectionContext projectionContext;
    private final @Nullable Progress[] progress = new Progress[Topics.CHANGES.size()];
    private final Uuid[] topicIds = new Uuid[Topics.CHANGES.size()];
    private @Nullable ProcessorContext<byte[], byte[]> context;
    private @Nullable KeyValueStore<Bytes, byte[]> store;
    private @Nullable Projection projection;
    private final ChangeReader reader;

    ChangeProcessor(ProjectionContext projectionContext) {
        this.projectionContext = projectionContext;
        reader = new ChangeReader(projectionContext.partitions());
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        this.context = context;
        KeyValueStore<Bytes, byte[]> opened = context.getStateStore(ProjectionTopology.STORE);
        store = opened;
        projection = new Projection(opened);
        Map<String, Uuid> current = projectionContext.topicIds().get();
        List<Long> applied = new ArrayList<>();
        for (int topic = 0; topic < progress.length; topic++) {
            String name = Topics.CHANGES.get(topic);
            Progress stored = Progress.of(opened.get(Bytes.wrap(Keys.progress(topic))));
            topicIds[topic] = current.getOrDefault(name, Uuid.ZERO_UUID);
            // Offsets of another topic of the same name would make us skip changes.
            if (stored != null && !stored.topicId().equals(topicIds[topic])) {
                throw new RecreatedTopicException(name, stored.topicId(), topicIds[topic]);
            }
            progress[topic] = stored;
            applied.add(stored == null ? -1 : stored.offset());
        }
        projectionContext.tables().started(context.taskId().partition(), opened);
        projectionContext.listener().started(context.taskId().partition(), applied);
        Sweep sweep = new Sweep(opened);
        context.schedule(
                SWEEP_EVERY,
                PunctuationType.WALL_CLOCK_TIME,
                now -> sweep.run(SWEEP_ENTITIES_MAX));
        context.schedule(CHECKPOINT_EVERY, PunctuationType.WALL_CLOCK_TIME, now -> {
            projectionContext.tables().checkpoint(context.taskId().partition(), opened);
            commitEarly();
        });
        context.schedule(
                FIT_EVERY,
                PunctuationType.WALL_CLOCK_TIME,
                now -> projectionContext.tables().fit(context.taskId().partition()));
    }

    @Override
    public void close() {
        if (context != null) {
            projectionContext.listener().stopped(context.taskId().partition());
            projectionContext.tables().stopped(context.taskId().partition());
        }
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        ProcessorContext<byte[], byte[]> current = Objects.requireNonNull(context);
        RecordMetadata position = current.recordMetadata().orElseThrow();
        int topic = Topics.CHANGES.indexOf(position.topic());
        Progress before = progress[topic];
        boolean applied = before != null && position.offset() <= before.offset();
        try {
            ChangeReader.Incoming incoming = reader.read(record, position);
            Projection.Outcome outcome = outcome(incoming, record.value());
            if (!applied) {
                write(
                        position,
                        topic,
                        incoming.occurredMillis(),
                        rows(position.partition(), incoming, outcome));
                updateTables(position.partition(), incoming, outcome.effect());
                tell(position, topic);
                projectionContext.listener().visible(incoming.key(), incoming.version());
            }
        } catch (RefusedChange refused) {
            // Also when redelivered: before a crash the letter may not have reached its topic.
            current.forward(
                    DeadLetters.of(record, position, refused, current.currentSystemTimeMs()),
                    ProjectionTopology.DEAD_LETTERS);
            if (!applied) {
                write(position, topic, Long.MIN_VALUE, new ArrayList<>());
                tell(position, topic);
            }
        }
    }

    private Projection.Outcome outcome(ChangeReader.Incoming incoming, byte[] bytes)
            throws RefusedChange {
        Projection rules = Objects.requireNonNull(projection);
        Change change = incoming.change();
        try {
            return change == null
                    ? rules.tombstone(incoming.key())
                    : rules.change(incoming.key(), change, bytes);
        } catch (IllegalArgumentException e) {
            throw RefusedChange.of(DeadLetterReason.INVALID, e);
        }
    }

    /// The change's rows, in a list that takes one more. That the entity's stored column row is old
    /// comes before its document: a crash between the two must not leave a document that nobody will
    /// look at again.
    private List<KeyValue<Bytes, byte[]>> rows(int partition,
            ChangeReader.Incoming incoming,
            Projection.Outcome outcome) {
        List<KeyValue<Bytes, byte[]>> rows = new ArrayList<>(outcome.rows().size() + 2);
        if (outcome.effect() != Projection.Effect.NONE) {
            projectionContext.tables().dirtyRow(partition, incoming.key()).ifPresent(rows::add);
            rows.addAll(outcome.rows());
        }
        return rows;
    }

    /// Writes the rows and, after them, the progress row, in one batch.
    private void write(RecordMetadata position,
            int topic,
            long occurredMillis,
            List<KeyValue<Bytes, byte[]>> rows) {
        Progress before = progress[topic];
        long newestMillis = before == null
                ? occurredMillis
                : Math.max(occurredMillis, before.newestMillis());
        Progress after = new Progress(topicIds[topic], position.offset(), newestMillis);
        rows.add(KeyValue.pair(Bytes.wrap(Keys.progress(topic)), after.row()));
        Objects.requireNonNull(store).putAll(rows);
        progress[topic] = after;
        commitEarly();
    }

    private void updateTables(int partition,
            ChangeReader.Incoming incoming,
            Projection.Effect effect) {
        switch (effect) {
            case STORED -> projectionContext.tables()
                    .stored(
                            partition,
                            incoming.key(),
                            Objects.requireNonNull(incoming.change()));
            case DELETED -> projectionContext.tables().deleted(partition, incoming.key());
            case NONE -> {
                // Old news.
            }
        }
    }

    private void tell(RecordMetadata position, int topic) {
        projectionContext.listener().applied(position.partition(), topic, position.offset());
    }

    private void commitEarly() {
        ProcessorContext<byte[], byte[]> current = Objects.requireNonNull(context);
        boolean large = projectionContext.stores()
                .of(current.taskId().partition())
                .map(PartitionStore::needsCommit)
                .orElse(false);
        if (large) {
            current.commit();
        }
    }
}
