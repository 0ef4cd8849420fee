package ai.pathbound.mcp.nodes;

import ai.pathbound.projector.query.Question;
import ai.pathbound.projector.query.Terms;
import ai.pathbound.schemas.topics.ChangeKey;
import java.time.Duration;

/// What one node asks another; each is answered from what that node has, and never passed on.
sealed interface NodeRequest {
    /// A question about a tenant.
    record Ask(String tenant, Question question, Terms terms) implements NodeRequest {}

    /// Whether a write becomes readable in time.
    record Await(ChangeKey key, long version, Duration atMost) implements NodeRequest {}

    /// Who has which partition.
    record Where() implements NodeRequest {}

    /// A front is there, and asks how many nodes serve MCP.
    ///
    /// @param front tells it from other fronts
    record Hello(String front) implements NodeRequest {}
}
