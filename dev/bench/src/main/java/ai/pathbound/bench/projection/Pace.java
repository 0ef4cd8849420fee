package ai.pathbound.bench.projection;

/// How fast one side was, and what it cost.
///
/// @param perSecond records
/// @param processorMicros processor time of a record, the broker's included
record Pace(double perSecond, double processorMicros) {
    /// The better of both, for what slows a round down comes from outside.
    Pace better(Pace other) {
        return new Pace(Math.max(perSecond, other.perSecond),
                Math.min(processorMicros, other.processorMicros));
    }
}
