package ai.pathbound.sandbox.faults;

/// How far answers are from what the change topics say.
///
/// @param lost entities that should be there and are not
/// @param doubled entities that are listed or counted more than once, or should not be there
record Differences(long lost, long doubled) {
    Differences plus(Differences other) {
        return new Differences(lost + other.lost, doubled + other.doubled);
    }
}
