package ai.pathbound.sandbox.questions;

import static ai.pathbound.sandbox.questions.Ask.args;
import static ai.pathbound.sandbox.questions.Ask.ask;
import static ai.pathbound.sandbox.questions.Scene.LAST_WEEK;
import static ai.pathbound.sandbox.questions.Scene.MONDAY;
import static ai.pathbound.sandbox.questions.Scene.TODAY;
import static ai.pathbound.sandbox.questions.Scene.YESTERDAY;
import static ai.pathbound.sandbox.questions.Scene.at;
import static ai.pathbound.sandbox.questions.Scene.count;
import static ai.pathbound.sandbox.questions.Scene.since;
import static ai.pathbound.sandbox.questions.Scene.sum;
import static ai.pathbound.sandbox.questions.Scene.within;

import ai.pathbound.sandbox.questions.Book.Deed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/// What people in operations and agents that poll ask.
final class OperationsQuestions {
    private final Scene scene;

    OperationsQuestions(Scene scene) {
        this.scene = scene;
    }

    List<Ask> all() {
        return List.of(
                eventTypes(),
                bots(),
                newContacts(),
                withoutCompany(),
                notEnriched(),
                upgrades(),
                loadTimes(),
                hourly(),
                sincePoll(),
                leadingSites());
    }

    private Ask eventTypes() {
        return ask("Which kinds of events do we record, and how often do they happen?")
                .call("get_event_types")
                .read(answer -> {
                    Map<String, Long> counts = new TreeMap<>();
                    answer.path("event_types")
                            .forEach(
                                    type -> counts.put(
                                            type.path("event").asString(),
                                            type.path("count").asLong()));
                    return counts;
                })
                .expect(count(scene.events(_ -> true), event -> event.is().getName()));
    }

    private Ask bots() {
        return ask("How many hits by bots did we have since the beginning of June?")
                .call("list_events",
                        "is_bot",
                        true,
                        "date_after",
                        LAST_WEEK,
                        "count_only",
                        true)
                .read(Read.number("/count"))
                .expect(
                        scene.events(since(LAST_WEEK))
                                .filter(event -> event.is().getIsBot())
                                .count());
    }

    private Ask newContacts() {
        return ask("Where did this month's new contacts come from?")
                .call("aggregate_data",
                        "entity",
                        "contacts",
                        "group_by",
                        List.of("creation_source"),
                        "date_after",
                        LAST_WEEK)
                .read(Read.map("creation_source", "count"))
                .expect(
                        Read.numbers(
                                count(
                                        scene.people(p -> p.createdSince(at(LAST_WEEK))),
                                        p -> String.valueOf(p.is().getCreationSource())),
                                number -> number));
    }

    private Ask withoutCompany() {
        return ask("How many contacts belong to no company?")
                .call("aggregate_data",
                        "entity",
                        "contacts",
                        "filters",
                        args("company_id", args("missing", true)))
                .read(Read.number("/total"))
                .expect(scene.people(p -> p.is().getCompanyId() == null).count());
    }

    private Ask notEnriched() {
        return ask("How many profiles still wait for enrichment?")
                .call("list_contacts", "status", "not_enriched", "count_only", true)
                .read(Read.number("/count"))
                .expect(scene.people(p -> p.is().getEnrichedAt() == null).count());
    }

    private Ask upgrades() {
        return ask("What did plan upgrades bring, by plan?")
                .call("aggregate_data",
                        "entity",
                        "events",
                        "group_by",
                        List.of("plan"),
                        "metrics",
                        List.of(args("op", "sum", "field", "amount")),
                        "filters",
                        args("event", "plan_upgraded"))
                .read(Read.map("plan", "amount_sum"))
                .expect(
                        Read.numbers(
                                sum(
                                        scene.events(event -> event.is("plan_upgraded")),
                                        event -> String.valueOf(event.data().get("plan")),
                                        event -> Objects
                                                .requireNonNull(event.data().get("amount"))),
                                number -> number));
    }

    private Ask loadTimes() {
        List<Deed> views = scene.events(event -> event.data().containsKey("pageLoadTime")).toList();
        Map<String, Long> counts = count(
                views.stream(),
                event -> String.valueOf(event.is().getBrowser()));
        Map<String, Double> sums = sum(
                views.stream(),
                event -> String.valueOf(event.is().getBrowser()),
                event -> Objects.requireNonNull(event.data().get("pageLoadTime")));
        Map<String, Double> averages = new TreeMap<>();
        counts.forEach(
                (browser, number) -> averages
                        .put(browser, sums.getOrDefault(browser, 0.0) / number));
        return ask("How long do pages take to load, by browser?")
                .call("aggregate_data",
                        "entity",
                        "events",
                        "group_by",
                        List.of("browser"),
                        "metrics",
                        List.of(args("op", "avg", "field", "pageLoadTime")),
                        "filters",
                        args("pageLoadTime", args("exists", true)))
                .read(Read.map("browser", "pageLoadTime_avg"))
                .expect(Read.numbers(averages, number -> number));
    }

    private Ask hourly() {
        Instant start = at(YESTERDAY);
        List<Long> hours = new ArrayList<>();
        for (int hour = 0; hour < 24; hour++) {
            Instant from = start.plusSeconds(3600L * hour);
            hours.add(
                    scene.events(event -> event.within(from, from.plusSeconds(3600))).count());
        }
        return ask("How many events came in each hour of yesterday?")
                .call("aggregate_data",
                        "entity",
                        "events",
                        "interval",
                        "hour",
                        "date_after",
                        YESTERDAY,
                        "date_before",
                        TODAY)
                .read(
                        answer -> answer.path("groups")
                                .valueStream()
                                .map(group -> group.path("count").asLong())
                                .toList())
                .expect(hours);
    }

    private Ask sincePoll() {
        String poll = "2026-06-11T16:00:00Z";
        return ask("What has happened since I last asked, at 16:00 yesterday?")
                .call("list_events",
                        "date_after",
                        poll,
                        "sort_dir",
                        "asc",
                        "fields",
                        "summary",
                        "limit",
                        100)
                .read(Read.set("/events", "id"))
                .expect(
                        count(
                                scene.events(
                                        event -> event.within(Instant.parse(poll), at(TODAY))),
                                Deed::id).keySet());
    }

    private Ask leadingSites() {
        return ask("Which sites lead people to us this week?")
                .call("aggregate_data",
                        "entity",
                        "events",
                        "group_by",
                        List.of("referring_domain"),
                        "filters",
                        args("event", "first_visit"),
                        "date_after",
                        MONDAY)
                .read(Read.map("referring_domain", "count"))
                .expect(
                        Read.numbers(
                                count(
                                        scene.events(within(MONDAY, TODAY))
                                                .filter(event -> event.is("first_visit")),
                                        event -> String
                                                .valueOf(event.is().getReferringDomain())),
                                number -> number));
    }
}
