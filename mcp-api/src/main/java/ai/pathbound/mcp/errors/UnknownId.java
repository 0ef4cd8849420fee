package ai.pathbound.mcp.errors;

import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;
import tools.jackson.databind.node.NullNode;

/// The `id` of an error about a message whose own id is not known. JSON-RPC 2.0 §5 has it null, and so
/// have the revisions of MCP until 2025-06-18. Since 2025-11-25 an id is a string or a number, and the
/// member is left out.
public final class UnknownId {
    private static final String FIRST_WITHOUT = "2025-11-25";
    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

    private UnknownId() {}

    /// As the revision demands that the request's header names; without one it is an old one.
    ///
    /// @return empty where the member is left out
    public static Optional<Object> of(HttpHeaders request) {
        String version = request.getFirst("MCP-Protocol-Version");
        boolean without = version != null && DATE.matcher(version.strip()).matches()
                && version.strip().compareTo(FIRST_WITHOUT) >= 0;
        return without ? Optional.empty() : Optional.of(NullNode.getInstance());
    }
}
