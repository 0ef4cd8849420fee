package ai.pathbound.projector.rocks;

/// Takes the rows of a scan one by one.
@FunctionalInterface
public interface RowVisitor {
    /// Takes one row.
    ///
    /// @return whether to go on with the next row
    boolean visit(byte[] key, byte[] value);
}
