package ai.pathbound.projector.topology;

import ai.pathbound.projector.projection.Projection;
import org.jspecify.annotations.Nullable;

/// A record of a change topic that is read and not yet applied.
///
/// @param topic index of the topic
/// @param bytes how long its value is
/// @param change null when the record was refused
record ReadRecord(int topic, long offset, int bytes, @Nullable Change change) {
    /// A change, and what follows from it alone.
    record Change(ChangeReader.Incoming incoming, Projection.Prepared prepared) {}
}
