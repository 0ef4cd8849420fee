package ai.pathbound.projector.columns.query;

/// A number for each group.
public sealed interface Metric {
    Metric COUNT = new Count();

    /// Rows.
    record Count() implements Metric {}

    /// Distinct values, missing ones not counted; exact unless they take more memory than they may.
    record CountDistinct(Operand operand) implements Metric {}

    /// Sum of the numbers; empty if there is none. Whole as long as every number is and the sum fits.
    record Sum(Operand operand) implements Metric {}

    /// Mean of the numbers; empty if there is none.
    record Avg(Operand operand) implements Metric {}

    /// Smallest number, or earliest time where there is no number.
    record Min(Operand operand) implements Metric {}

    /// Largest number, or latest time where there is no number.
    record Max(Operand operand) implements Metric {}

    static Metric distinct(String field) {
        return new CountDistinct(new Operand.Field(field));
    }

    static Metric sum(String field) {
        return new Sum(new Operand.Field(field));
    }
}
