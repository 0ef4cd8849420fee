package ai.pathbound.mcp.tools;

import java.util.LinkedHashMap;
import java.util.Map;

/// What a tool does to the world; always said in full, because the protocol's defaults assume the
/// worst.
public record Hints(boolean readOnly, boolean destructive, boolean idempotent) {
    static final Hints READ = new Hints(true, false, true);
    static final Hints CREATE = new Hints(false, false, false);
    static final Hints UPDATE = new Hints(false, false, true);
    static final Hints DELETE = new Hints(false, true, true);

    Map<String, Object> wire() {
        Map<String, Object> wire = new LinkedHashMap<>();
        wire.put("readOnlyHint", readOnly);
        wire.put("destructiveHint", destructive);
        wire.put("idempotentHint", idempotent);
        wire.put("openWorldHint", false);
        return wire;
    }
}
