package ai.pathbound.sandbox.faults;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pathbound.sandbox.cluster.ToolClient;
import ai.pathbound.schemas.topics.EntityKind;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;

/// Compares a tenant's answers with what the change topics say, and with the answers of a node nothing
/// was done to.
final class Agreement implements AutoCloseable {
    private static final Duration WITHIN = Duration.ofMinutes(2);
    private static final int PAGE = 100;
    private static final int CONTACTS_ONE_BY_ONE = 40;

    private final String tenant;
    private final ToolClient harmed;
    private final ToolClient undisturbed;

    /// @param harmed endpoint of the cluster
    /// @param undisturbed endpoint of the other node
    Agreement(URI harmed, URI undisturbed, String key) {
        tenant = key.substring("sk_demo_".length());
        this.harmed = new ToolClient(harmed, key);
        this.undisturbed = new ToolClient(undisturbed, key);
    }

    /// Waits until both hold every change of this instant, then compares. Ids and numbers that differ
    /// are counted; any other difference fails.
    Differences check(Truths truths, Instant instant) {
        awaitHeld(harmed, instant);
        awaitHeld(undisturbed, instant);
        Differences found = listed(truths,
                EntityKind.CONTACT,
                "list_contacts",
                "contacts",
                "contact_id")
                .plus(listed(truths,
                        EntityKind.COMPANY,
                        "list_companies",
                        "companies",
                        "company_id"))
                .plus(listed(truths, EntityKind.EVENT, "list_events", "events", "id"));
        setsAgree();
        contactsAgree(truths);
        return found;
    }

    private void awaitHeld(ToolClient client, Instant instant) {
        Awaitility.await()
                .atMost(WITHIN)
                .ignoreExceptions()
                .until(
                        () -> client.call("list_contacts", Map.of("count_only", true))
                                .asOf()
                                .filter(asOf -> !asOf.isBefore(instant))
                                .isPresent());
    }

    /// Every entity of a kind is listed once and counted once.
    private Differences listed(Truths truths,
            EntityKind kind,
            String tool,
            String member,
            String idName) {
        Set<String> expected = truths.ids(tenant, kind);
        Map<String, Integer> times = new HashMap<>();
        Map<String, Object> arguments = new LinkedHashMap<>(
                Map.of("limit", PAGE, "fields", "summary"));
        for (boolean more = true; more;) {
            JsonNode page = answer(harmed, tool, arguments);
            for (JsonNode item : page.path(member)) {
                times.merge(item.path(idName).asString(), 1, Integer::sum);
            }
            more = page.path("truncated").asBoolean();
            arguments.put("page", page.at("/next/page").asInt());
            arguments.put("limit", page.at("/next/limit").asInt());
        }
        Set<String> missing = new HashSet<>(expected);
        missing.removeAll(times.keySet());
        long count = answer(harmed, tool, Map.of("count_only", true)).path("count").asLong();
        long doubled = times.entrySet()
                .stream()
                .mapToLong(
                        seen -> expected.contains(seen.getKey())
                                ? seen.getValue() - 1
                                : seen.getValue())
                .sum();
        return new Differences(Math.max(missing.size(), expected.size() - count),
                Math.max(doubled, count - expected.size()));
    }

    private void setsAgree() {
        agree("get_event_types", Map.of());
        agree("get_event_stats", Map.of("interval", "day"));
        agree("list_events", Map.of("identified_only", true, "limit", 20));
        agree("list_contacts", Map.of("search", "an", "limit", 20));
        agree("aggregate_data", Map.of("entity", "contacts", "group_by", List.of("city")));
        agree(
                "aggregate_data",
                Map.of(
                        "entity",
                        "events",
                        "group_by",
                        List.of("event"),
                        "metrics",
                        List.of(Map.of("op", "count_distinct", "field", "contact_id"))));
    }

    private void contactsAgree(Truths truths) {
        List<String> some = truths.ids(tenant, EntityKind.CONTACT)
                .stream()
                .sorted()
                .limit(CONTACTS_ONE_BY_ONE)
                .toList();
        for (String contact : some) {
            agree("get_contact", Map.of("contact_id", contact));
            agree("get_contact_timeline", Map.of("contact_id", contact, "limit", 20));
        }
    }

    private void agree(String tool, Map<String, Object> arguments) {
        assertThat(answer(harmed, tool, arguments)).as(tool + " " + arguments)
                .isEqualTo(answer(undisturbed, tool, arguments));
    }

    /// Asks until there is an answer: on a busy machine a node may seem to be away for a moment.
    private static JsonNode answer(ToolClient client, String tool, Map<String, Object> arguments) {
        return Awaitility.await(tool + " " + arguments)
                .atMost(WITHIN)
                .until(() -> client.call(tool, arguments), ToolClient.Reply::isAnswer)
                .content();
    }

    @Override
    public void close() {
        harmed.close();
        undisturbed.close();
    }
}
