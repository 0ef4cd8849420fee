package ai.pathbound.sandbox;

import ai.pathbound.sandbox.feed.FeedProducers;
import ai.pathbound.schemas.change.Deleted;
import ai.pathbound.schemas.change.Event;
import ai.pathbound.schemas.change.EventChange;
import ai.pathbound.schemas.codec.ChangeCodec;
import ai.pathbound.schemas.topics.ChangeKey;
import ai.pathbound.schemas.topics.EntityKind;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/// Changes of a tenant's events, a few hundred a second until it is closed: new ones, others again and
/// some deletes.
final class EventFeed implements AutoCloseable {
    private static final Instant START = Instant.parse("2026-06-01T00:00:00Z");
    private static final int PAUSE_MILLIS = 3;

    private final String tenant;
    private final Random random;
    private final Producer<byte[], byte[]> producer;
    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final Future<?> sending;
    private volatile boolean closed;

    EventFeed(String bootstrapServers, String tenant, long seed) {
        this.tenant = tenant;
        random = new Random(seed);
        producer = FeedProducers.connect(bootstrapServers);
        sending = thread.submit(this::sendAll);
    }

    private Object sendAll() throws Exception {
        for (int number = 1; !closed; number++) {
            // Each third change is of an event that may be there.
            int of = number % 3 == 0 ? random.nextInt(number) : number;
            ChangeKey key = new ChangeKey(tenant, EntityKind.EVENT, "evt_" + of);
            producer.send(
                    new ProducerRecord<>(key.kind().topic(), key.toBytes(), change(key, number)))
                    .get();
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
        return producer;
    }

    private byte[] change(ChangeKey key, int number) {
        return ChangeCodec.EVENT.encode(
                EventChange.newBuilder()
                        .setChangeId(key + "@" + number)
                        .setTenantId(key.tenant())
                        .setEntityId(key.id())
                        .setVersion(number)
                        .setOccurredAt(START.plusSeconds(number))
                        .setSource("tracker")
                        .setBody(number % 30 == 0 ? new Deleted() : event(number))
                        .build());
    }

    private Event event(int number) {
        String name = "event_" + random.nextInt(5);
        return Event.newBuilder()
                .setName(name)
                .setTimestamp(START.plusSeconds(number))
                .setVisitorId("vis_" + random.nextInt(50))
                .setUrl("https://www.acme.test/" + name + "/" + number)
                .setDomain("www.acme.test")
                .setData(Map.of())
                .build();
    }

    /// Stops; everything sent is in Kafka.
    @Override
    public void close() {
        closed = true;
        try {
            sending.get(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("events could not be sent", e);
        } finally {
            thread.shutdownNow();
            producer.close();
        }
    }
}
