package ai.pathbound.sandbox.feed;

import ai.pathbound.sandbox.store.OutboxRow;
import ai.pathbound.sandbox.store.Truth;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Publishes outbox rows in order and forgets them only after the broker has them.
///
/// A crash between the two publishes the rows again: readers keep the highest version, so a
/// second delivery changes nothing. After a failure the whole batch goes out again, in order, on a
/// new producer.
public final class OutboxRelay implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(OutboxRelay.class);
    private static final int BATCH_ROWS = 2_000;
    private static final Duration IDLE = Duration.ofMillis(200);
    private static final Duration BACKOFF_MIN = Duration.ofMillis(100);
    private static final Duration BACKOFF_MAX = Duration.ofSeconds(5);

    private final Truth truth;
    private final Supplier<Producer<byte[], byte[]>> connect;
    private final Semaphore wake = new Semaphore(0);
    private final Thread thread;
    private volatile boolean stopping;
    private @Nullable Producer<byte[], byte[]> producer;

    public OutboxRelay(Truth truth, Supplier<Producer<byte[], byte[]>> connect) {
        this.truth = truth;
        this.connect = connect;
        thread = Thread.ofPlatform().name("outbox-relay").daemon().unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    /// Says that something was committed, so that it need not wait for the next look.
    public void wake() {
        wake.release();
    }

    /// Publishes one batch; returns the number of rows. Throws when the broker did not take it, and
    /// then the rows stay.
    int publishBatch() throws InterruptedException {
        List<OutboxRow> rows = truth.pending(BATCH_ROWS);
        if (rows.isEmpty()) {
            return 0;
        }
        Producer<byte[], byte[]> open = open();
        List<Future<RecordMetadata>> acks = new ArrayList<>(rows.size());
        for (OutboxRow row : rows) {
            acks.add(
                    open.send(new ProducerRecord<>(row.topic(), row.keyBytes(), row.valueBytes())));
        }
        open.flush();
        for (Future<RecordMetadata> ack : acks) {
            try {
                ack.get();
            } catch (ExecutionException e) {
                throw new IllegalStateException("the broker did not take a record", e);
            }
        }
        truth.published(rows.getLast().seq());
        return rows.size();
    }

    @Override
    public void close() {
        stopping = true;
        wake.release();
        try {
            if (!thread.join(Duration.ofSeconds(5))) {
                thread.interrupt();
                thread.join(Duration.ofSeconds(5));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        disconnect();
    }

    private void run() {
        Duration backoff = BACKOFF_MIN;
        boolean away = false;
        while (!stopping) {
            try {
                int rows = publishBatch();
                if (away && rows > 0) {
                    log.info("change feed: the broker is back");
                    away = false;
                }
                backoff = BACKOFF_MIN;
                if (rows < BATCH_ROWS) {
                    pause(IDLE);
                }
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                if (!away && !stopping) {
                    log.warn("change feed: cannot publish, will keep trying", e);
                    away = true;
                }
                disconnect();
                if (!sleep(backoff)) {
                    return;
                }
                backoff = backoff.multipliedBy(2).compareTo(BACKOFF_MAX) < 0
                        ? backoff.multipliedBy(2)
                        : BACKOFF_MAX;
            }
        }
    }

    private synchronized Producer<byte[], byte[]> open() {
        Producer<byte[], byte[]> open = producer;
        if (open == null) {
            open = connect.get();
            producer = open;
        }
        return open;
    }

    private synchronized void disconnect() {
        Producer<byte[], byte[]> open = producer;
        producer = null;
        if (open != null) {
            open.close(Duration.ofSeconds(1));
        }
    }

    private void pause(Duration time) throws InterruptedException {
        if (wake.tryAcquire(time.toMillis(), TimeUnit.MILLISECONDS)) {
            wake.drainPermits();
        }
    }

    private boolean sleep(Duration time) {
        try {
            if (!stopping) {
                Thread.sleep(time);
            }
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }
}
