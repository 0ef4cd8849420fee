/// The column store: a log-structured table of one writer and many readers without locks. Pure Java:
/// it knows nothing of Kafka, RocksDB or Spring.
///
///     Table (writer): append, kill, publish ──▶ TableChanges: what to store
///        │ volatile
///        ▼
///     TableView (readers): parts = sealed segments, then runs of the open tail
///        └─ Part: rows that never change + dead rows at that publish + a stamp naming both
///              └─ Block: one typed column of the part, codes or 64-bit values
///
/// A named column has a typed column for each kind of value it ever held; a row has a value in one of
/// them at most. Row numbers are given once, in the order of appending, and stay through rewriting.
///
/// What the caller has to keep:
///
/// - one thread appends, kills, publishes and adds to dictionaries, shared ones too;
/// - a publish's changes, new dictionary entries and the rows' own documents are stored in one step,
///   dictionary entries before the segments that use them;
/// - the document of a live row knows its row number, so that rows at or after `sealedEnd` can be
///   played again in their order.
@NullMarked
package ai.pathbound.projector.columns;

import org.jspecify.annotations.NullMarked;
