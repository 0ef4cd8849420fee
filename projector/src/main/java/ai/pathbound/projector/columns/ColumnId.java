package ai.pathbound.projector.columns;

/// One typed column: a property that holds texts in some rows and numbers in others has two.
public record ColumnId(String name, Kind kind) {}
