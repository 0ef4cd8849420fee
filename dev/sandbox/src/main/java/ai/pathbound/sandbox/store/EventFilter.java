package ai.pathbound.sandbox.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// Conditions on events, gathered as SQL text and its arguments.
public final class EventFilter {
    private final StringBuilder sql = new StringBuilder();
    private final List<Object> arguments = new ArrayList<>();

    /// COALESCE keeps the index of linked events out of the plan: it would visit all that have no link.
    private static final String CANDIDATES = """
            (SELECT x.* FROM event x WHERE x.tenant = ? AND x.contact_id = ?
             UNION ALL
             SELECT y.* FROM visitor v JOIN event y
               ON y.tenant = v.tenant AND y.visitor_id = v.visitor
               WHERE v.tenant = ? AND v.contact_id = ? AND COALESCE(y.contact_id, '') = '')
              e WHERE TRUE""";

    private final String tenant;
    private List<Object> candidates = List.of();

    public EventFilter(String tenant) {
        this.tenant = tenant;
    }

    public EventFilter id(String id) {
        return and("e.id = ?", id);
    }

    public EventFilter name(Optional<String> name) {
        return equal("e.name", name);
    }

    public EventFilter domain(Optional<String> domain) {
        return equal("LOWER(e.domain)", domain.map(d -> d.toLowerCase(Locale.ROOT)));
    }

    /// Events that belong to this contact.
    public EventFilter contact(Optional<String> contact) {
        return contact.map(id -> {
            candidates = List.of(tenant, id, tenant, id);
            return and(Schema.OWNER + " = ?", id);
        }).orElse(this);
    }

    public EventFilter company(Optional<String> company) {
        return company.map(
                id -> and(
                        Schema.OWNER + " IN (SELECT c.id FROM entity c WHERE c.tenant = e.tenant"
                                + " AND c.kind = 'contact' AND c.parent = ?)",
                        id))
                .orElse(this);
    }

    /// From this instant, inclusive.
    public EventFilter from(Optional<Instant> from) {
        return from.map(at -> and("e.at >= ?", at.toEpochMilli())).orElse(this);
    }

    /// Up to this instant, exclusive.
    public EventFilter until(Optional<Instant> until) {
        return until.map(at -> and("e.at < ?", at.toEpochMilli())).orElse(this);
    }

    public EventFilter bot(Optional<Boolean> bot) {
        return bot.map(is -> and("e.is_bot = ?", is)).orElse(this);
    }

    public EventFilter identifiedOnly(boolean only) {
        return only ? and(Schema.OWNER + " IS NOT NULL") : this;
    }

    public EventFilter urlContains(Optional<String> part) {
        return part.map(p -> and("LOCATE(?, LOWER(e.url)) > 0", p.toLowerCase(Locale.ROOT)))
                .orElse(this);
    }

    public EventFilter search(Optional<String> text) {
        return text.map(t -> {
            String part = t.toLowerCase(Locale.ROOT);
            return and(
                    "(LOCATE(?, LOWER(e.name)) > 0 OR LOCATE(?, LOWER(e.url)) > 0"
                            + " OR LOCATE(?, LOWER(e.domain)) > 0)",
                    part,
                    part,
                    part);
        }).orElse(this);
    }

    /// What follows FROM: the events as `e`, and the conditions. Of a contact only the few that can
    /// be its own are looked at, found by index.
    String sql() {
        return (candidates.isEmpty() ? "event e WHERE e.tenant = ?" : CANDIDATES) + sql;
    }

    List<Object> arguments() {
        return Stream
                .concat(
                        candidates.isEmpty() ? Stream.of(tenant) : candidates.stream(),
                        arguments.stream())
                .toList();
    }

    private EventFilter equal(String column, Optional<String> value) {
        return value.map(v -> and(column + " = ?", v)).orElse(this);
    }

    private EventFilter and(String condition, Object... values) {
        sql.append(" AND ").append(condition);
        arguments.addAll(List.of(values));
        return this;
    }
}
