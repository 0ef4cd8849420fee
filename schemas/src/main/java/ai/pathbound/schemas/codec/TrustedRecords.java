package ai.pathbound.schemas.codec;

import ai.pathbound.schemas.change.PropertyValue;
import org.apache.avro.util.ClassSecurityValidator;

/// Lets Avro make instances of our own generated records: since 1.12 it refuses classes that nobody
/// named. What the process trusted before stays trusted, nothing else is added.
final class TrustedRecords {
    private static final String RECORDS = PropertyValue.class.getPackageName();

    private TrustedRecords() {}

    static void trust() {
        var before = ClassSecurityValidator.getGlobal();
        ClassSecurityValidator.setGlobal(
                ClassSecurityValidator
                        .composite(before, type -> type.getPackageName().equals(RECORDS)));
    }
}
