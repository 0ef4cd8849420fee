package ai.pathbound.sandbox.store;

import ai.pathbound.schemas.change.PropertyValue;
import org.apache.avro.util.ClassSecurityValidator;

/// Lets Avro make instances of our own generated records, and of nothing else it would not make
/// already: since 1.12 it refuses classes that nobody named.
public final class TrustedRecords {
    private static final String RECORDS = PropertyValue.class.getPackageName();

    private TrustedRecords() {}

    /// Adds the records to what the process trusts.
    public static void trust() {
        var before = ClassSecurityValidator.getGlobal();
        ClassSecurityValidator.setGlobal(
                ClassSecurityValidator
                        .composite(before, type -> type.getPackageName().equals(RECORDS)));
    }
}
