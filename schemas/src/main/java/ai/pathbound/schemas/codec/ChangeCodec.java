package ai.pathbound.schemas.codec;

import ai.pathbound.schemas.change.CompanyChange;
import ai.pathbound.schemas.change.ContactChange;
import ai.pathbound.schemas.change.DeadLetter;
import ai.pathbound.schemas.change.EventChange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.io.DatumReader;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/// Encodes and decodes one record type in Avro's single-object encoding
/// (https://avro.apache.org/docs/1.12.0/specification/#single-object-encoding):
///
///     0    2 bytes  marker C3 01
///     2    8 bytes  fingerprint of the writer's schema, little-endian
///     10   to end   Avro body
///
/// Schemas of all published versions come from [SchemaHistory], so records of any age read without
/// a registry. Decoding stands here and not in Avro's own message decoder because that one believes
/// a claimed length before it looks at what is there, and overlooks bytes after the body.
/// Instances are safe for many threads.
public final class ChangeCodec<T extends SpecificRecord> {
    static {
        TrustedRecords.trust();
    }

    public static final ChangeCodec<ContactChange> CONTACT = of(ContactChange.class,
            ContactChange.getClassSchema());
    public static final ChangeCodec<CompanyChange> COMPANY = of(CompanyChange.class,
            CompanyChange.getClassSchema());
    public static final ChangeCodec<EventChange> EVENT = of(EventChange.class,
            EventChange.getClassSchema());
    public static final ChangeCodec<DeadLetter> DEAD_LETTER = of(DeadLetter.class,
            DeadLetter.getClassSchema());

    private static final int MARKER_BYTES = 2;
    private static final int HEADER_BYTES = MARKER_BYTES + Long.BYTES;

    private final BinaryMessageEncoder<T> encoder;
    private final Map<Long, DatumReader<T>> readers;

    private ChangeCodec(Class<T> type, Schema schema) {
        SpecificData data = SpecificData.getForClass(type);
        encoder = new BinaryMessageEncoder<>(data, schema);
        Map<Long, DatumReader<T>> byFingerprint = new HashMap<>();
        for (Schema writer : SchemaHistory.of(schema.getName())) {
            byFingerprint.put(
                    SchemaNormalization.parsingFingerprint64(writer),
                    new SpecificDatumReader<>(writer, schema, data));
        }
        readers = Map.copyOf(byFingerprint);
    }

    private static <T extends SpecificRecord> ChangeCodec<T> of(Class<T> type, Schema schema) {
        return new ChangeCodec<>(type, schema);
    }

    /// Does nothing but load this class, with which Avro begins to trust our records. Call it where
    /// records are built or copied before anything was encoded: their builders need the trust too.
    public static void load() {}

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
        return decode(bytes, 0, null);
    }

    /// The record these bytes hold from an index on, as above.
    ///
    /// @param recent the texts that one who reads many has read lately
    public T decode(byte[] bytes, int from, @Nullable RecentTexts recent)
            throws UnreadableChangeException {
        DatumReader<T> reader = reader(bytes, from);
        RecordDecoder body = new RecordDecoder(bytes, from + HEADER_BYTES, recent);
        T record;
        boolean whole;
        try {
            record = reader.read(null, body);
            whole = body.isEnd();
        } catch (IOException | RuntimeException | StackOverflowError e) {
            // Avro names no closed set of exceptions for bad bytes; lists nested too deep for the
            // stack are bad bytes too.
            throw new UnreadableChangeException("cannot be decoded: " + e.getMessage(), bytes, e);
        }
        if (!whole) {
            throw new UnreadableChangeException("bytes after the end of the record", bytes);
        }
        return record;
    }

    private DatumReader<T> reader(byte[] bytes, int from) throws UnreadableChangeException {
        if (bytes.length - from < HEADER_BYTES || bytes[from] != (byte) 0xC3
                || bytes[from + 1] != 0x01) {
            throw new UnreadableChangeException("not Avro single-object encoding", bytes);
        }
        long fingerprint = ByteBuffer.wrap(bytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .getLong(from + MARKER_BYTES);
        DatumReader<T> reader = readers.get(fingerprint);
        if (reader == null) {
            throw new UnreadableChangeException(
                    "unknown schema " + Long.toHexString(fingerprint), bytes);
        }
        return reader;
    }
}
