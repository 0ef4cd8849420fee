package ai.pathbound.sandbox.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.pathbound.sandbox.faults.Truths.Newest;
import ai.pathbound.sandbox.feed.FeedProducers;
import ai.pathbound.schemas.change.Contact;
import ai.pathbound.schemas.change.ContactChange;
import ai.pathbound.schemas.change.Deleted;
import ai.pathbound.schemas.change.Event;
import ai.pathbound.schemas.change.EventChange;
import ai.pathbound.schemas.change.PropertyValue;
import ai.pathbound.schemas.codec.ChangeCodec;
import ai.pathbound.schemas.codec.UnreadableChangeException;
import ai.pathbound.schemas.topics.ChangeKey;
import ai.pathbound.schemas.topics.EntityKind;
import ai.pathbound.schemas.topics.TenantPartitioner;
import ai.pathbound.schemas.topics.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;

/// Changes without end, beside those of the backend: variations of what is in the topics already. New
/// events, new versions of contacts, now and then a delete, an old version late, or a record twice.
///
/// Which of them the brokers took is told by the topics alone.
final class Changes implements AutoCloseable {
    private static final Duration STOP_WITHIN = Duration.ofSeconds(60);

    private final List<Map.Entry<ChangeKey, Newest>> contacts = new ArrayList<>();
    private final List<Map.Entry<ChangeKey, Newest>> events = new ArrayList<>();
    private final Map<ChangeKey, Long> versions = new HashMap<>();
    private final Random random;
    private final int partitions;
    private final Producer<byte[], byte[]> producer;
    private boolean paused;
    private long made;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("changes").daemon().factory());

    Changes(String bootstrapServers, int partitions, long seed, Truths start) {
        this.partitions = partitions;
        random = new Random(seed);
        producer = FeedProducers.connect(bootstrapServers);
        start.settled()
                .entrySet()
                .stream()
                .sorted(Map.Entry.comparingByKey(Comparator.comparing(ChangeKey::toString)))
                .filter(entry -> !entry.getValue().isDelete())
                .forEach(entry -> {
                    if (entry.getKey().kind() == EntityKind.CONTACT) {
                        contacts.add(entry);
                    } else if (entry.getKey().kind() == EntityKind.EVENT) {
                        events.add(entry);
                    }
                });
    }

    /// Begins to make so many changes a second.
    void start(int perSecond) {
        var _ = clock.scheduleAtFixedRate(
                this::another,
                0,
                1_000_000 / perSecond,
                TimeUnit.MICROSECONDS);
    }

    private synchronized void another() {
        if (paused) {
            return;
        }
        try {
            int dice = random.nextInt(100);
            if (dice < 60) {
                newEvent(Instant.now());
            } else if (dice < 90) {
                changeContact(2);
            } else if (dice < 92) {
                deleteContact();
            } else if (dice < 96) {
                // Late: a version that has been passed, once the contact has changed twice.
                changeContact(1);
            } else {
                again();
            }
        } catch (RuntimeException | UnreadableChangeException e) {
            // The brokers may all be away; what they have not taken has not happened.
            System.err.println("a change was not sent: " + e.getMessage());
        }
    }

    /// The same records twice, later ones before earlier ones, at once.
    synchronized void duplicatedAndReordered() throws UnreadableChangeException {
        for (int i = 0; i < 50; i++) {
            again();
        }
        for (int i = 0; i < 50; i++) {
            var contact = contacts.get(random.nextInt(contacts.size()));
            long version = next(contact, 3);
            for (long step = 0; step < 3; step++) {
                sendContact(contact, version - step);
            }
        }
    }

    /// Records nobody can apply: no change at all, no key, a foreign partition, larger than is taken.
    synchronized void hostile() {
        for (String topic : Topics.CHANGES) {
            publish(
                    new ProducerRecord<>(topic, 0, "no key".getBytes(UTF_8), new byte[]{1, 2, 3}));
            publish(
                    new ProducerRecord<>(topic, 0, new byte[0],
                            "{\"json\": true}".getBytes(UTF_8)));
        }
        var event = events.get(random.nextInt(events.size()));
        int foreign = (TenantPartitioner.partition(event.getKey().tenant(), partitions) + 1)
                % partitions;
        publish(
                new ProducerRecord<>(Topics.EVENT_CHANGES, foreign, event.getKey().toBytes(),
                        event.getValue().bytes()));
        byte[] cut = Arrays.copyOf(event.getValue().bytes(), 40);
        publish(
                new ProducerRecord<>(Topics.EVENT_CHANGES, event.getKey().toBytes(), cut));
        byte[] large = new byte[Topics.CHANGE_BYTES_MAX + 1];
        random.nextBytes(large);
        publish(
                new ProducerRecord<>(Topics.EVENT_CHANGES, event.getKey().toBytes(), large));
        producer.flush();
    }

    /// How many records nobody can apply [#hostile] sends.
    static int hostileRecords() {
        return 2 * Topics.CHANGES.size() + 3;
    }

    /// Events of a clock that is two hours ahead.
    synchronized void fromTheFuture() throws UnreadableChangeException {
        for (int i = 0; i < 20; i++) {
            newEvent(Instant.now().plus(Duration.ofHours(2)));
        }
        producer.flush();
    }

    private void newEvent(Instant at) throws UnreadableChangeException {
        var like = events.get(random.nextInt(events.size()));
        ChangeKey key = new ChangeKey(like.getKey().tenant(), EntityKind.EVENT,
                "ev_made_" + Long.toHexString(random.nextLong()) + "_" + made++);
        EventChange old = ChangeCodec.EVENT.decode(like.getValue().bytes());
        EventChange change = EventChange.newBuilder(old)
                .setChangeId(key + "@1")
                .setEntityId(key.id())
                .setVersion(1)
                .setOccurredAt(at)
                .setBody(Event.newBuilder((Event) old.getBody()).setTimestamp(at).build())
                .build();
        send(key, ChangeCodec.EVENT.encode(change));
    }

    private void changeContact(int steps) throws UnreadableChangeException {
        var contact = contacts.get(random.nextInt(contacts.size()));
        long before = versions.getOrDefault(contact.getKey(), 1L);
        sendContact(contact, steps == 1 ? Math.max(1, before - 1) : next(contact, steps));
    }

    private long next(Map.Entry<ChangeKey, Newest> contact, int steps) {
        return versions.merge(
                contact.getKey(),
                contact.getValue().change().version() + steps,
                (before, _) -> before + steps);
    }

    private void sendContact(Map.Entry<ChangeKey, Newest> contact, long version)
            throws UnreadableChangeException {
        ContactChange old = ChangeCodec.CONTACT.decode(contact.getValue().bytes());
        Map<String, PropertyValue> properties = new HashMap<>(
                ((Contact) old.getBody()).getProperties());
        properties.put("city", PropertyValue.newBuilder().setValue("City " + version).build());
        ContactChange change = ContactChange.newBuilder(old)
                .setVersion(version)
                .setBody(
                        Contact.newBuilder((Contact) old.getBody())
                                .setProperties(properties)
                                .build())
                .build();
        send(contact.getKey(), ChangeCodec.CONTACT.encode(change));
    }

    private void deleteContact() throws UnreadableChangeException {
        if (contacts.size() < 50) {
            return;
        }
        var contact = contacts.remove(random.nextInt(contacts.size()));
        ContactChange change = ContactChange
                .newBuilder(ChangeCodec.CONTACT.decode(contact.getValue().bytes()))
                .setVersion(next(contact, 1))
                .setBody(new Deleted())
                .build();
        send(contact.getKey(), ChangeCodec.CONTACT.encode(change));
    }

    private void again() {
        var from = random.nextBoolean() ? contacts : events;
        var old = from.get(random.nextInt(from.size()));
        send(old.getKey(), old.getValue().bytes());
    }

    private void send(ChangeKey key, byte[] change) {
        publish(new ProducerRecord<>(key.kind().topic(), key.toBytes(), change));
    }

    /// Whether the brokers took it is told by the topics.
    private void publish(ProducerRecord<byte[], byte[]> record) {
        var _ = producer.send(record);
    }

    /// Makes no more changes until [#resume], and waits until the brokers have what was sent.
    synchronized void pause() {
        paused = true;
        producer.flush();
    }

    synchronized void resume() {
        paused = false;
    }

    @Override
    public void close() {
        clock.shutdownNow();
        Awaitility.await().atMost(STOP_WITHIN).until(clock::isTerminated);
        producer.close(STOP_WITHIN);
    }
}
