package ai.pathbound.projector.columns.block;

/// The values of one typed column for all rows of one segment; immutable.
public sealed interface Block permits CodeBlock, LongBlock {
    int rows();

    ColumnStats stats();

    long retainedBytes();
}
