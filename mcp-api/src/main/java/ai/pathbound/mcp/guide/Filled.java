package ai.pathbound.mcp.guide;

import ai.pathbound.mcp.tools.InputRequest;
import java.util.List;
import java.util.Map;

/// What came of asking for a prompt.
public sealed interface Filled {
    /// Its messages.
    ///
    /// @param contents one content block per message of the user, as the protocol spells them
    record Messages(String description, List<Map<String, Object>> contents) implements Filled {}

    /// The client is asked for something first. Only for clients that can be asked.
    record Asked(Map<String, InputRequest> requests) implements Filled {}

    /// The arguments are not those of the prompt.
    record Invalid(String message) implements Filled {}
}
