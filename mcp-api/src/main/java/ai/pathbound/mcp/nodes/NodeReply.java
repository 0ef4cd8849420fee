package ai.pathbound.mcp.nodes;

import ai.pathbound.projector.query.Answer;
import ai.pathbound.projector.routing.Place;
import ai.pathbound.projector.routing.Routes;

/// What a node says to a [NodeRequest].
sealed interface NodeReply {
    /// The answer to a question.
    record Answered(Answer answer) implements NodeReply {}

    /// Whether the write became readable.
    record Awaited(boolean visible) implements NodeReply {}

    /// This node cannot tell, on these terms; it believes the tenant is at this place.
    record Elsewhere(Place place) implements NodeReply {}

    /// Who has which partition.
    record Known(Routes routes) implements NodeReply {}

    /// How many nodes serve MCP.
    record Serving(int nodes) implements NodeReply {}

    /// This node has too much to do.
    record Busy() implements NodeReply {}

    /// This node does not understand the request, or refuses it.
    record Refused(String why) implements NodeReply {}
}
