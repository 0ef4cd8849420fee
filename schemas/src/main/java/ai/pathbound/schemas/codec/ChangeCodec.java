package ai.pathbound.schemas.codec;

import ai.pathbound.schemas.change.CompanyChange;
import ai.pathbound.schemas.change.ContactChange;
import ai.pathbound.schemas.change.DeadLetter;
import ai.pathbound.schemas.change.EventChange;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/// Encodes and decodes one record type in Avro's single-object encoding: two marker bytes, the
/// 64-bit fingerprint of the writer's schema, the Avro body
/// (https://avro.apache.org/docs/1.12.0/specification/#single-object-encoding).
///
/// Schemas of all published versions come from [SchemaHistory], so records of any age read without
/// a registry. Instances are safe for many threads.
public final class ChangeCodec<T extends SpecificRecord> {
    public static final ChangeCodec<ContactChange> CONTACT = of(ContactChange.class,
            ContactChange.getClassSchema());
    public static final ChangeCodec<CompanyChange> COMPANY = of(CompanyChange.class,
            CompanyChange.getClassSchema());
    public static final ChangeCodec<EventChange> EVENT = of(EventChange.class,
            EventChange.getClassSchema());
    public static final ChangeCodec<DeadLetter> DEAD_LETTER = of(DeadLetter.class,
            DeadLetter.getClassSchema());

    private final BinaryMessageEncoder<T> encoder;
    private final BinaryMessageDecoder<T> decoder;

    private ChangeCodec(Class<T> type, Schema schema) {
        SpecificData data = SpecificData.getForClass(type);
        encoder = new BinaryMessageEncoder<>(data, schema);
        decoder = new BinaryMessageDecoder<>(data, schema);
        for (Schema published : SchemaHistory.of(schema.getName())) {
            decoder.addSchema(published);
        }
    }

    private static <T extends SpecificRecord> ChangeCodec<T> of(Class<T> type, Schema schema) {
        return new ChangeCodec<>(type, schema);
    }

    /// The record as a fresh array.
    public byte[] encode(T record) {
        try {
            ByteBuffer buffer = encoder.encode(record);
            byte[] bytes = new byte[buffer.remaining()];
            buffer.get(bytes);
            return bytes;
        } catch (IOException e) {
            throw new IllegalStateException("encoding to memory failed", e);
        }
    }

    /// The record these bytes hold; throws [UnreadableChangeException] for anything else, be it
    /// foreign bytes, an unknown schema, a cut or an overlong record.
    public T decode(byte[] bytes) throws UnreadableChangeException {
        try {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            return decoder.decode(buffer);
        } catch (IOException | AvroRuntimeException | IndexOutOfBoundsException
                | NegativeArraySizeException | ClassCastException e) {
            throw new UnreadableChangeException(bytes, e);
        }
    }
}
