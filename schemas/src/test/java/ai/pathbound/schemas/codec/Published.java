package ai.pathbound.schemas.codec;

import ai.pathbound.schemas.change.CompanyChange;
import ai.pathbound.schemas.change.ContactChange;
import ai.pathbound.schemas.change.DeadLetter;
import ai.pathbound.schemas.change.EventChange;
import java.util.List;
import org.apache.avro.Schema;

/// A record type that travels, with its current schema.
record Published(ChangeCodec<?> codec, Schema current) {
    static List<Published> all() {
        return List.of(
                new Published(ChangeCodec.CONTACT, ContactChange.getClassSchema()),
                new Published(ChangeCodec.COMPANY, CompanyChange.getClassSchema()),
                new Published(ChangeCodec.EVENT, EventChange.getClassSchema()),
                new Published(ChangeCodec.DEAD_LETTER, DeadLetter.getClassSchema()));
    }

    List<Schema> history() {
        return SchemaHistory.of(current.getName());
    }

    @Override
    public String toString() {
        return current.getName();
    }
}
