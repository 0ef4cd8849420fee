package ai.pathbound.projector.tables;

import ai.pathbound.projector.columns.query.CodeMap;
import ai.pathbound.projector.columns.query.CodeSet;
import ai.pathbound.projector.columns.query.Operand;

/// How rows of the tables find each other, at one moment.
///
/// @param live contacts that exist
/// @param claimants from a visitor to the contact that owns what it did anonymously
/// @param companies from a contact to its company, if that exists
public record Joins(CodeSet live, CodeMap claimants, CodeMap companies) {
    /// The contact an event belongs to.
    public Operand owner() {
        return new Operand.Owner(ColumnNames.NAMED_CONTACT, live, ColumnNames.VISITOR_ID,
                claimants);
    }

    /// The company of the contact an event belongs to.
    public Operand ownersCompany() {
        return new Operand.Mapped(owner(), companies);
    }

    /// The company of a contact.
    public Operand company() {
        return new Operand.Mapped(Operand.field(ColumnNames.CONTACT_ID), companies);
    }
}
