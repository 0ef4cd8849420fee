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
    static final String CHANGED_CURSOR = "ai.pathbound/changed_cursor";
    static final String INSTRUCTIONS = """
            Customer context of one Pathbound account: contacts, companies, tracked events, notes. \
            Orientation: the resource pathbound://account tells who you are, what you may do, which \
            fields and event types exist and how current the data is; without resources, call \
            get_event_types for event names and aggregate_data with group_by to see a field's values. \
            Counting: count_only, get_event_stats or aggregate_data, never paging. One person: \
            get_contact, then get_contact_timeline. Several: the batch tools. Long lists: \
            fields=summary. Times are UTC, ISO-8601; *_after includes its moment, *_before does not. \
            Answers stop at about 10,000 tokens (max_tokens changes that): when truncated is true, \
            call again with the same arguments, changed as next says. pathbound://guide/usage has \
            more. _meta["ai.pathbound/freshness"] tells how current an answer is.""";

    private ServerCard() {}

    static Map<String, Object> serverInfo() {
        return Map.of("name", NAME, "title", TITLE, "version", VERSION);
    }

    /// What a result says in `_meta` about its age.
    static Map<String, Object> meta(ToolResult result) {
        boolean stale = result.seen().filter(seen -> !seen.visible()).isPresent();
        Map<String, Object> meta = new LinkedHashMap<>();
        result.freshness().ifPresent(fresh -> meta.put(FRESHNESS, wire(fresh, stale)));
        if (result instanceof ToolResult.Success success) {
            success.changedCursor().ifPresent(cursor -> meta.put(CHANGED_CURSOR, cursor));
        }
        result.seen().ifPresent(seen -> meta.put(WriteToken.META, seen.token().wire()));
        return meta;
    }

    /// @param stale whether the write the call refers to is missing
    static Map<String, Object> wire(Freshness freshness, boolean stale) {
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
