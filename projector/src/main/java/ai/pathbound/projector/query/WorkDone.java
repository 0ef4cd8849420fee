package ai.pathbound.projector.query;

/// What answering questions has taken so far. It tells an answer that got dear from a machine that got
/// slow, and is the same on every machine.
///
/// @param gets rows looked up by key
/// @param scans runs of rows visited, each beginning with a seek
/// @param visited rows visited in them
/// @param parts parts of column tables whose rows were read
/// @param scanned rows looked at in them
public record WorkDone(long gets, long scans, long visited, long parts, long scanned) {
    /// What was done since.
    public WorkDone since(WorkDone before) {
        return new WorkDone(gets - before.gets, scans - before.scans, visited - before.visited,
                parts - before.parts, scanned - before.scanned);
    }
}
