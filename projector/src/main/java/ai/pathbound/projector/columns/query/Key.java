package ai.pathbound.projector.columns.query;

import java.time.ZoneId;

/// What rows are grouped by.
public sealed interface Key {
    Operand operand();

    /// Each distinct value; text "5" and number 5 are two.
    record Values(Operand operand) implements Key {}

    /// The start of the hour, day, week or month a time lies in.
    record Bucket(Operand operand, TimeUnit unit, ZoneId zone) implements Key {}

    /// The hour of a time, 0 to 23.
    record HourOfDay(Operand operand, ZoneId zone) implements Key {}

    /// The weekday of a time, 1 (Monday) to 7.
    record DayOfWeek(Operand operand, ZoneId zone) implements Key {}

    static Key values(String field) {
        return new Values(new Operand.Field(field));
    }

    static Key bucket(String field, TimeUnit unit, ZoneId zone) {
        return new Bucket(new Operand.Field(field), unit, zone);
    }
}
