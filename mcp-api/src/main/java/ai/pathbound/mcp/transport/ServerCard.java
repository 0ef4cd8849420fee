package ai.pathbound.mcp.transport;

import ai.pathbound.mcp.tools.ToolResult;
import ai.pathbound.mcp.tools.WriteToken;
import ai.pathbound.projector.query.Freshness;
import java.util.LinkedHashMap;
import java.util.Map;

/// What the server says about itself and about the age of its answers, in both eras.
final class ServerCard {
    static final String NAME = "pathbound";
    static final String TITLE = "Pathbound";
    static final String VERSION = "0.1.0";
    static final String FRESHNESS = "ai.pathbound/freshness";
    static final String INSTRUCTIONS = """
            Customer context of one Pathbound account: contacts, companies, events, notes. Prefer \
            count_only, fields=summary and the batch tools over paging. Read pathbound://guide/usage \
            for which tool answers what. When truncated is true, call again with the same arguments, \
            changed as next says. _meta["ai.pathbound/freshness"] tells how current an answer is.""";

    private ServerCard() {}

    static Map<String, Object> serverInfo() {
        return Map.of("name", NAME, "title", TITLE, "version", VERSION);
    }

    /// What a result says in `_meta` about its age.
    static Map<String, Object> meta(ToolResult result) {
        boolean stale = result.seen().filter(seen -> !seen.visible()).isPresent();
        Map<String, Object> meta = new LinkedHashMap<>();
        result.freshness().ifPresent(fresh -> meta.put(FRESHNESS, wire(fresh, stale)));
        result.seen().ifPresent(seen -> meta.put(WriteToken.META, seen.token().wire()));
        return meta;
    }

    /// @param stale whether the write the call refers to is missing
    private static Map<String, Object> wire(Freshness freshness, boolean stale) {
        Map<String, Object> wire = new LinkedHashMap<>();
        wire.put("as_of", freshness.asOf().toString());
        wire.put("lag_ms", freshness.lagMillis());
        wire.put("caught_up", freshness.caughtUp());
        if (stale) {
            wire.put("stale", true);
        }
        return wire;
    }
}
