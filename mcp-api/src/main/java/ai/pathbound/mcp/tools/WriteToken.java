package ai.pathbound.mcp.tools;

import ai.pathbound.schemas.topics.ChangeKey;
import ai.pathbound.schemas.topics.EntityKind;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Names a version of an entity. A write gives it out; a later call that sends it back waits until
/// reads show the write, on whichever node it lands.
public record WriteToken(EntityKind kind, String id, long version) {
    /// The member of `_meta` that holds it, in calls and in results.
    public static final String META = "ai.pathbound/written";

    /// Reads the token of a call; empty if it is none.
    static Optional<WriteToken> parse(JsonNode token) {
        String id = token.path("id").asString("");
        long version = token.path("version").asLong(0);
        return EntityKind.ofWord(token.path("kind").asString(""))
                .filter(_ -> ChangeKey.isId(id) && version > 0)
                .map(kind -> new WriteToken(kind, id, version));
    }

    /// The token as clients see it.
    public Map<String, Object> wire() {
        Map<String, Object> wire = new LinkedHashMap<>();
        wire.put("kind", kind.word());
        wire.put("id", id);
        wire.put("version", version);
        return wire;
    }

    /// A token and whether reads show its write.
    public record Seen(WriteToken token, boolean visible) {}
}
