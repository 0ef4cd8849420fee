package ai.pathbound.projector.query;

import ai.pathbound.projector.query.Question.Entity;
import java.util.Optional;

/// A field joined in from another entity than the rows that are asked about, by its qualified name:
/// `contact.<name>` of events, `company.<name>` of events and contacts. The one place that knows these
/// names; what reads such a field and what asks for its scope both go by it.
///
/// @param entity whose field it is
/// @param name the field's name there
public record JoinedField(Entity entity, String name) {
    /// What stands before the name of a contact's field.
    public static final String OF_CONTACT = "contact.";
    /// What stands before the name of a company's field.
    public static final String OF_COMPANY = "company.";

    /// The joined field a name stands for; empty for a field of the rows themselves.
    public static Optional<JoinedField> of(Entity rows, String field) {
        if (rows == Entity.EVENTS && field.startsWith(OF_CONTACT)) {
            return Optional
                    .of(new JoinedField(Entity.CONTACTS, field.substring(OF_CONTACT.length())));
        }
        if (rows != Entity.COMPANIES && field.startsWith(OF_COMPANY)) {
            return Optional
                    .of(new JoinedField(Entity.COMPANIES, field.substring(OF_COMPANY.length())));
        }
        return Optional.empty();
    }
}
