package ai.pathbound.projector;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StateRestoreListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How far the partitions are that are being restored from their changelog; says so in the log.
final class RestoreProgress implements StateRestoreListener {
    private static final Logger log = LoggerFactory.getLogger(RestoreProgress.class);
    private static final Duration SAID_EVERY = Duration.ofSeconds(5);
    private static final int WHOLE = 100;

    private record Restore(long from, long to, long at) {}

    private final Map<TopicPartition, Restore> running = new ConcurrentHashMap<>();
    private volatile long saidNanos = System.nanoTime();

    /// Over all partitions that are being restored now; 100 when there are none.
    int percent() {
        long all = 0;
        long done = 0;
        for (Restore restore : running.values()) {
            all += restore.to() - restore.from();
            done += restore.at() - restore.from();
        }
        return all <= 0 ? WHOLE : Math.clamp(done * WHOLE / all, 0, WHOLE);
    }

    @Override
    public void onRestoreStart(TopicPartition partition, String store, long from, long to) {
        running.put(partition, new Restore(from, to, from));
        if (to > from) {
            log.info("Restoring {}: {} records", partition, to - from);
        }
    }

    @Override
    public void onBatchRestored(TopicPartition partition, String store, long at, long records) {
        running.computeIfPresent(partition, (_, was) -> new Restore(was.from(), was.to(), at));
        long now = System.nanoTime();
        if (now - saidNanos > SAID_EVERY.toNanos()) {
            saidNanos = now;
            log.info("Restoring, {} % done", percent());
        }
    }

    @Override
    public void onRestoreEnd(TopicPartition partition, String store, long records) {
        running.remove(partition);
        if (records > 0) {
            log.info("Restored {}: {} records", partition, records);
        }
    }

    @Override
    public void onRestoreSuspended(TopicPartition partition, String store, long records) {
        running.remove(partition);
    }
}
