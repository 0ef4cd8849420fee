package ai.pathbound.projector.columns.query;

/// Whose values a filter, key or metric looks at.
public sealed interface Operand {
    /// A column of the table, values of every kind.
    record Field(String name) implements Operand {}

    /// The texts of a column, mapped: the company of a contact.
    record Mapped(Operand from, CodeMap map) implements Operand {}

    /// The owner of an event: the contact it names, if that one is live, else nobody; where it names
    /// none, whoever claims its visitor.
    record Owner(String contact, CodeSet live, String visitor, CodeMap claims) implements Operand {}

    static Operand field(String name) {
        return new Field(name);
    }
}
