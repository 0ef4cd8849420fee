package ai.pathbound.bench.node;

import ai.pathbound.sandbox.feed.FeedProducers;
import ai.pathbound.sandbox.seed.Generator;
import ai.pathbound.sandbox.seed.SeedPlan;
import ai.pathbound.sandbox.store.Change;
import ai.pathbound.schemas.change.Event;
import ai.pathbound.schemas.topics.ChangeKey;
import ai.pathbound.schemas.topics.EntityKind;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/// Puts changes of one tenant into the change topics, as the backend's feed does.
final class Changes implements AutoCloseable {
    static final String TENANT = "acme";
    private static final long SEED = 7;
    private static final int EVENTS_PER_CONTACT = 25;
    private static final int EVENTS_PER_COMPANY = 150;

    private final Producer<byte[], byte[]> producer;
    private final AtomicLong live = new AtomicLong();

    Changes(String bootstrapServers) {
        producer = FeedProducers.connect(bootstrapServers);
    }

    /// A history of 90 days up to the last midnight, with the demo's mix of entities; returns the
    /// number of changes once Kafka has them.
    long history(int events) {
        Instant anchor = Instant.now().truncatedTo(ChronoUnit.DAYS);
        SeedPlan plan = new SeedPlan(SEED, TENANT, events / EVENTS_PER_CONTACT,
                events / EVENTS_PER_COMPANY, events, anchor);
        AtomicLong sent = new AtomicLong();
        new Generator(plan).generate(change -> {
            send(change);
            sent.incrementAndGet();
        });
        producer.flush();
        return sent.get();
    }

    /// Sends one new event of now and returns its id.
    String event() {
        String id = "evt_live" + live.incrementAndGet();
        Instant now = Instant.now();
        send(
                new Change(new ChangeKey(TENANT, EntityKind.EVENT, id), 1, now, "tracker", Map.of(),
                        Event.newBuilder()
                                .setName("page_view")
                                .setTimestamp(now)
                                .setVisitorId("vis_live" + live.get() % 1000)
                                .setUrl("https://www.acme.test/live/" + live.get() % 100)
                                .setDomain("www.acme.test")
                                .setBrowser("Firefox")
                                .setOs("Linux")
                                .setDeviceType("Desktop")
                                .build()));
        return id;
    }

    /// Sends new events at an even pace for so many seconds and returns how many it were: fewer than
    /// wanted when Kafka does not keep up.
    long stream(int perSecond, int seconds) {
        long begin = System.nanoTime();
        long all = (long) perSecond * seconds;
        for (long number = 0; number < all; number++) {
            long due = begin + number * TimeUnit.SECONDS.toNanos(1) / perSecond;
            long left = due - System.nanoTime();
            if (left > 0) {
                LockSupport.parkNanos(left);
            } else if (System.nanoTime() - begin > TimeUnit.SECONDS.toNanos(seconds)) {
                return number;
            }
            event();
        }
        return all;
    }

    private void send(Change change) {
        var _ = producer.send(
                new ProducerRecord<>(change.key().kind().topic(), change.key().toBytes(),
                        change.encode()),
                (_, failure) -> {
                    if (failure != null) {
                        throw new IllegalStateException("Kafka did not take a change", failure);
                    }
                });
    }

    @Override
    public void close() {
        producer.close();
    }
}
