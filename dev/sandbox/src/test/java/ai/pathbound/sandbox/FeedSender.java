package ai.pathbound.sandbox;

import ai.pathbound.schemas.change.Contact;
import ai.pathbound.schemas.change.ContactChange;
import ai.pathbound.schemas.change.Deleted;
import ai.pathbound.schemas.change.Event;
import ai.pathbound.schemas.change.EventChange;
import ai.pathbound.schemas.change.PropertyValue;
import ai.pathbound.schemas.codec.ChangeCodec;
import ai.pathbound.schemas.topics.ChangeKey;
import ai.pathbound.schemas.topics.EntityKind;
import ai.pathbound.schemas.topics.TenantPartitioner;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// A producer of single changes of the tenant `acme`, in transactions if it has an id for them.
final class FeedSender implements AutoCloseable {
    static final String TENANT = "acme";
    private static final Instant START = Instant.parse("2026-06-01T00:00:00Z");

    private final KafkaProducer<byte[], byte[]> producer;

    private FeedSender(Map<String, Object> more, String bootstrapServers) {
        Map<String, Object> config = new HashMap<>(more);
        config.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        config.put(ProducerConfig.PARTITIONER_CLASS_CONFIG, TenantPartitioner.class.getName());
        producer = new KafkaProducer<>(config, new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    static FeedSender plain(String bootstrapServers) {
        return new FeedSender(Map.of(), bootstrapServers);
    }

    static FeedSender transactional(String bootstrapServers) {
        var sender = new FeedSender(Map.of(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "backend"),
                bootstrapServers);
        sender.producer.initTransactions();
        return sender;
    }

    void begin() {
        producer.beginTransaction();
    }

    void commit() {
        producer.commitTransaction();
    }

    /// What was sent since [#begin] reaches the brokers, and is taken back.
    void abort() {
        producer.flush();
        producer.abortTransaction();
    }

    void contact(String id, int version, String city) {
        send(id,
                version,
                Contact.newBuilder()
                        .setProperties(Map.of("city", new PropertyValue(city)))
                        .setCompanyId(null)
                        .setVisitorIds(List.of())
                        .setCreationSource("manual")
                        .setCreatedAt(START)
                        .setUpdatedAt(START)
                        .build());
    }

    void deleteContact(String id, int version) {
        send(id, version, new Deleted());
    }

    private void send(String id, int version, Object body) {
        ChangeKey key = new ChangeKey(TENANT, EntityKind.CONTACT, id);
        send(
                key,
                ChangeCodec.CONTACT.encode(
                        ContactChange.newBuilder()
                                .setChangeId(id + "@" + version)
                                .setTenantId(TENANT)
                                .setEntityId(id)
                                .setVersion(version)
                                .setOccurredAt(START.plusSeconds(version))
                                .setSource("api")
                                .setBody(body)
                                .build()));
    }

    /// An event of a contact.
    void event(String id, int version, String contact) {
        ChangeKey key = new ChangeKey(TENANT, EntityKind.EVENT, id);
        send(
                key,
                ChangeCodec.EVENT.encode(
                        EventChange.newBuilder()
                                .setChangeId(id + "@" + version)
                                .setTenantId(TENANT)
                                .setEntityId(id)
                                .setVersion(version)
                                .setOccurredAt(START.plusSeconds(version))
                                .setSource("tracker")
                                .setBody(
                                        Event.newBuilder()
                                                .setName("page_view")
                                                .setTimestamp(START)
                                                .setContactId(contact)
                                                .setUrl("https://www.acme.test/")
                                                .setDomain("www.acme.test")
                                                .setData(Map.of())
                                                .build())
                                .build()));
    }

    private void send(ChangeKey key, byte[] change) {
        try {
            producer.send(new ProducerRecord<>(key.kind().topic(), key.toBytes(), change)).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("cannot be sent", e);
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
