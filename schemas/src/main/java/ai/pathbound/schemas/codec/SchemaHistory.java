package ai.pathbound.schemas.codec;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/// Every schema version we have published, oldest first, from `schema-history/<record>/<n>.avsc`.
///
/// The current schema must equal the newest file and must read all older ones; a test holds both.
/// To change a schema, edit it, then add the resolved result as the next number: a file once
/// published is never edited.
public final class SchemaHistory {
    private SchemaHistory() {}

    /// Versions of the record with this simple name, oldest first; never empty for our records.
    public static List<Schema> of(String recordName) {
        List<Schema> versions = new ArrayList<>();
        for (int number = 1;; number++) {
            Schema schema = read("/schema-history/" + recordName + "/" + number + ".avsc");
            if (schema == null) {
                return List.copyOf(versions);
            }
            versions.add(schema);
        }
    }

    private static @Nullable Schema read(String resource) {
        try (InputStream in = SchemaHistory.class.getResourceAsStream(resource)) {
            return in == null ? null : new Schema.Parser().parse(in);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + resource, e);
        }
    }
}
