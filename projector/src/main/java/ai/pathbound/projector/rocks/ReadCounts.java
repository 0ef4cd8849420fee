package ai.pathbound.projector.rocks;

/// What questions have asked of RocksDB so far.
///
/// @param gets rows looked up by key
/// @param scans runs of rows visited, each beginning with a seek
/// @param rows rows visited in them
public record ReadCounts(long gets, long scans, long rows) {}
