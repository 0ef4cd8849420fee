package ai.pathbound.projector.topology;

import ai.pathbound.projector.projection.Projection;
import ai.pathbound.projector.projection.Sweep;
import ai.pathbound.schemas.change.DeadLetterReason;
import ai.pathbound.schemas.topics.Topics;
import java.time.Duration;
import java.util.Objects;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/// Applies the changes of one partition: checks each record and gives those that are changes to the
/// [PartitionWriter]. A record at or below the progress was applied before and is skipped; a record
/// nobody can apply goes to the dead letters with its position.
final class ChangeProcessor implements Processor<byte[], byte[], byte[], byte[]> {
    private static final Duration SWEEP_EVERY = Duration.ofSeconds(1);
    /// Small pieces in quick succession: changes wait for one of them at most.
    private static final Duration CHECKPOINT_EVERY = Duration.ofMillis(100);
    private static final Duration FIT_EVERY = Duration.ofSeconds(1);
    private static final int SWEEP_ENTITIES_MAX = 500;

    private final ProjectionContext projectionContext;
    private final ChangeReader reader;
    private @Nullable ProcessorContext<byte[], byte[]> context;
    private @Nullable PartitionWriter writer;

    ChangeProcessor(ProjectionContext projectionContext) {
        this.projectionContext = projectionContext;
        reader = new ChangeReader(projectionContext.partitions());
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        this.context = context;
        int partition = context.taskId().partition();
        KeyValueStore<Bytes, byte[]> store = context
                .getStateStore(projectionContext.stores().name());
        PartitionWriter opened = new PartitionWriter(projectionContext, partition, store);
        writer = opened;
        projectionContext.tables().started(partition, store);
        projectionContext.listener().started(partition, opened.applied());
        Sweep sweep = new Sweep(store);
        context.schedule(SWEEP_EVERY, PunctuationType.WALL_CLOCK_TIME, now -> {
            opened.write();
            sweep.run(SWEEP_ENTITIES_MAX);
        });
        context.schedule(CHECKPOINT_EVERY, PunctuationType.WALL_CLOCK_TIME, now -> {
            opened.write();
            projectionContext.tables().checkpoint(partition, store);
            commitEarly();
        });
        context.schedule(FIT_EVERY, PunctuationType.WALL_CLOCK_TIME, now -> {
            opened.pace();
            projectionContext.tables().fit(partition);
        });
    }

    @Override
    public void close() {
        if (context != null && writer != null) {
            int partition = context.taskId().partition();
            writer.close();
            projectionContext.listener().stopped(partition);
            projectionContext.tables().stopped(partition);
        }
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        RecordMetadata position = Objects.requireNonNull(context).recordMetadata().orElseThrow();
        int topic = Topics.CHANGES.indexOf(position.topic());
        int bytes = record.value() == null ? 0 : record.value().length;
        ReadRecord read = new ReadRecord(topic, position.offset(), bytes,
                change(record, position));
        PartitionWriter into = Objects.requireNonNull(writer);
        if (!into.isApplied(topic, position.offset())) {
            into.take(read);
            commitEarly();
        }
    }

    /// The change, or null when the record is refused.
    private ReadRecord.@Nullable Change change(Record<byte[], byte[]> record,
            RecordMetadata position) {
        try {
            ChangeReader.Incoming incoming = reader.read(record, position);
            return new ReadRecord.Change(incoming, prepared(incoming, record.value()));
        } catch (RefusedChange refused) {
            if (refused.reason() == DeadLetterReason.WRONG_PARTITION) {
                projectionContext.topics().requirePartitions(projectionContext.partitions());
            }
            // Also when redelivered: before a crash the letter may not have reached its topic.
            ProcessorContext<byte[], byte[]> current = Objects.requireNonNull(context);
            current.forward(
                    DeadLetters.of(record, position, refused, current.currentSystemTimeMs()),
                    ProjectionTopology.DEAD_LETTERS);
            return null;
        }
    }

    private static Projection.Prepared prepared(ChangeReader.Incoming incoming,
            byte @Nullable [] bytes) throws RefusedChange {
        try {
            return Projection.prepare(incoming.key(), incoming.change(), bytes);
        } catch (IllegalArgumentException e) {
            throw RefusedChange.of(DeadLetterReason.INVALID, e);
        }
    }

    private void commitEarly() {
        if (Objects.requireNonNull(writer).needsCommit()) {
            Objects.requireNonNull(context).commit();
        }
    }
}
