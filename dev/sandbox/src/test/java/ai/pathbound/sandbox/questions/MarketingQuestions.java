package ai.pathbound.sandbox.questions;

import static ai.pathbound.sandbox.questions.Ask.args;
import static ai.pathbound.sandbox.questions.Ask.ask;
import static ai.pathbound.sandbox.questions.Scene.MONTH_AGO;
import static ai.pathbound.sandbox.questions.Scene.TODAY;
import static ai.pathbound.sandbox.questions.Scene.YESTERDAY;
import static ai.pathbound.sandbox.questions.Scene.at;
import static ai.pathbound.sandbox.questions.Scene.count;
import static ai.pathbound.sandbox.questions.Scene.distinct;
import static ai.pathbound.sandbox.questions.Scene.since;
import static ai.pathbound.sandbox.questions.Scene.top;
import static ai.pathbound.sandbox.questions.Scene.within;

import ai.pathbound.sandbox.questions.Book.Deed;
import ai.pathbound.sandbox.questions.Book.Person;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// What people in marketing ask about traffic, campaigns and conversions.
final class MarketingQuestions {
    private static final ZoneId MADRID = ZoneId.of("Europe/Madrid");

    private final Scene scene;

    MarketingQuestions(Scene scene) {
        this.scene = scene;
    }

    List<Ask> all() {
        return List.of(
                pricingYesterday(),
                pricingYesterdayKnown(),
                conversion(),
                dailyTraffic(),
                campaigns(),
                referrers(),
                topPages(),
                videos(),
                docsReaders(),
                devices(),
                hours(),
                forms(),
                subscribers(),
                anonymous(),
                segment());
    }

    private Ask pricingYesterday() {
        return ask("How many visitors hit /pricing yesterday?")
                .call("aggregate_data",
                        "entity",
                        "events",
                        "metrics",
                        List.of(args("op", "count_distinct", "field", "visitor_id")),
                        "filters",
                        args("path", "/pricing"),
                        "date_after",
                        YESTERDAY,
                        "date_before",
                        TODAY)
                .read(Read.number("/totals/visitor_id_distinct"))
                .expect(
                        pricing().map(event -> event.is().getVisitorId())
                                .distinct()
                                .count());
    }

    private Ask pricingYesterdayKnown() {
        return ask("Who of them do we know, and in which stage are they?")
                .call("aggregate_data",
                        "entity",
                        "events",
                        "group_by",
                        List.of("contact.email", "contact.lifecyclestage"),
                        "filters",
                        args("path", "/pricing", "identified_only", true),
                        "date_after",
                        YESTERDAY,
                        "date_before",
                        TODAY)
                .read(Read.map("contact.email", "count"))
                .expect(
                        Read.numbers(
                                count(
                                        pricing().flatMap(
                                                event -> scene.book().owner(event).stream()),
                                        person -> person.text("email")),
                                number -> number));
    }

    private Stream<Deed> pricing() {
        return scene.events(within(YESTERDAY, TODAY))
                .filter(event -> event.path().equals("/pricing"));
    }

    private Ask conversion() {
        Map<String, List<Person>> byIndustry = scene
                .people(
                        p -> p.utm("utm_source").filter("google.com"::equals).isPresent()
                                && p.utm("utm_medium").filter("cpc"::equals).isPresent())
                .collect(
                        Collectors.groupingBy(
                                p -> p.text("industry"),
                                TreeMap::new,
                                Collectors.toList()));
        Map<String, String> rates = new TreeMap<>();
        byIndustry.forEach(
                (industry, people) -> rates.put(
                        industry,
                        people.stream().filter(p -> p.has("lifecyclestage", "customer")).count()
                                + "/" + people.size()));
        return ask("Which industries convert best from google / cpc?")
                .call("aggregate_data",
                        "entity",
                        "contacts",
                        "group_by",
                        List.of("industry", "lifecyclestage"),
                        "filters",
                        args("utm_source", "google.com", "utm_medium", "cpc"),
                        "limit",
                        200)
                .read(MarketingQuestions::rates)
                .expect(rates);
    }

    private static Map<String, String> rates(JsonNode answer) {
        Map<String, Long> all = new TreeMap<>();
        Map<String, Long> customers = new TreeMap<>();
        for (JsonNode group : answer.path("groups")) {
            String industry = Read.key(group, "industry");
            long people = group.path("count").asLong();
            boolean won = Read.key(group, "lifecyclestage").equals("customer");
            all.merge(industry, people, Long::sum);
            customers.merge(industry, won ? people : 0, Long::sum);
        }
        Map<String, String> rates = new TreeMap<>();
        all.forEach(
                (industry, people) -> rates.put(industry, customers.get(industry) + "/" + people));
        return rates;
    }

    private Ask dailyTraffic() {
        Map<LocalDate, Long> days = scene
                .events(since("2026-05-01"))
                .filter(event -> !event.is().getIsBot())
                .collect(
                        Collectors.groupingBy(
                                event -> event.at().atZone(MADRID).toLocalDate(),
                                Collectors.counting()));
        LocalDate first = LocalDate.of(2026, 5, 30);
        List<Long> counts = Stream.iterate(first, day -> day.plusDays(1))
                .limit(12)
                .map(day -> days.getOrDefault(day, 0L))
                .toList();
        return ask("How was traffic day by day since 30 May, Madrid time, without bots?")
                .call("get_event_stats",
                        "date_after",
                        "2026-05-30T00:00:00+02:00",
                        "date_before",
                        "2026-06-11T00:00:00+02:00",
                        "interval",
                        "day",
                        "timezone",
                        "Europe/Madrid",
                        "include_bots",
                        false)
                .read(
                        answer -> answer.at("/stats/series")
                                .valueStream()
                                .map(bucket -> bucket.path("count").asLong())
                                .toList())
                .expect(counts);
    }

    private Ask campaigns() {
        return ask("Which campaigns brought how many new contacts in the last 30 days?")
                .call("aggregate_data",
                        "entity",
                        "contacts",
                        "group_by",
                        List.of("utm_campaign"),
                        "date_after",
                        MONTH_AGO)
                .read(Read.map("utm_campaign", "count"))
                .expect(
                        Read.numbers(
                                count(
                                        scene.people(p -> p.createdSince(at(MONTH_AGO))),
                                        p -> p.utm("utm_campaign").orElse(Read.NONE)),
                                number -> number));
    }

    private Ask referrers() {
        return ask("Which sites sent us the people who became customers?")
                .call("aggregate_data",
                        "entity",
                        "contacts",
                        "group_by",
                        List.of("creation_referring_domain"),
                        "filters",
                        args("lifecyclestage", "customer"))
                .read(Read.map("creation_referring_domain", "count"))
                .expect(
                        Read.numbers(
                                count(
                                        scene.people(p -> p.has("lifecyclestage", "customer")),
                                        p -> p.is().getFirstTouch() == null
                                                ? Read.NONE
                                                : String.valueOf(
                                                        p.is()
                                                                .getFirstTouch()
                                                                .getReferringDomain())),
                                number -> number));
    }

    private Ask topPages() {
        return ask("Which five pages did people look at most in the last 30 days?")
                .call("aggregate_data",
                        "entity",
                        "events",
                        "group_by",
                        List.of("path"),
                        "filters",
                        args("event", "page_view", "include_bots", false),
                        "date_after",
                        MONTH_AGO,
                        "limit",
                        5)
                .read(Read.groups("path", "count"))
                .expect(
                        top(
                                count(
                                        scene.events(since(MONTH_AGO))
                                                .filter(event -> event.is("page_view"))
                                                .filter(event -> !event.is().getIsBot()),
                                        Deed::path),
                                5));
    }

    private Ask videos() {
        return ask("How many known contacts watched a video to its end?")
                .call("aggregate_data",
                        "entity",
                        "events",
                        "metrics",
                        List.of(args("op", "count_distinct", "field", "contact_id")),
                        "filters",
                        args("event", "video_complete"))
                .read(Read.number("/totals/contact_id_distinct"))
                .expect(
                        scene.events(event -> event.is("video_complete"))
                                .flatMap(event -> event.person().stream())
                                .distinct()
                                .count());
    }

    private Ask docsReaders() {
        return ask("In which industries do people read the docs?")
                .call("aggregate_data",
                        "entity",
                        "events",
                        "group_by",
                        List.of("company.industry"),
                        "metrics",
                        List.of(args("op", "count_distinct", "field", "contact_id")),
                        "filters",
                        args("url_contains", "/docs", "company_id", args("exists", true)))
                .read(Read.map("company.industry", "contact_id_distinct"))
                .expect(
                        Read.numbers(
                                distinct(
                                        scene.events(event -> event.path().contains("/docs"))
                                                .filter(
                                                        event -> scene.book()
                                                                .employer(event)
                                                                .isPresent()),
                                        event -> scene.book()
                                                .employer(event)
                                                .orElseThrow()
                                                .text("industry"),
                                        Deed::person),
                                number -> number));
    }

    private Ask devices() {
        return ask("Which devices do people use, desktop or mobile?")
                .call("aggregate_data",
                        "entity",
                        "events",
                        "group_by",
                        List.of("device_type"),
                        "metrics",
                        List.of(args("op", "count_distinct", "field", "session_id")),
                        "filters",
                        args("include_bots", false))
                .read(Read.map("device_type", "session_id_distinct"))
                .expect(
                        Read.numbers(
                                distinct(
                                        scene.events(event -> !event.is().getIsBot()),
                                        event -> String.valueOf(event.is().getDeviceType()),
                                        event -> String.valueOf(event.is().getSessionId())),
                                number -> number));
    }

    private Ask hours() {
        return ask("At which hours, Madrid time, are people on our site?")
                .call("aggregate_data",
                        "entity",
                        "events",
                        "group_by",
                        List.of("hour_of_day"),
                        "timezone",
                        "Europe/Madrid",
                        "sort",
                        args("by", "hour_of_day", "dir", "asc"))
                .read(Read.map("hour_of_day", "count"))
                .expect(
                        Read.numbers(
                                count(
                                        scene.events(_ -> true),
                                        event -> event.at().atZone(MADRID).getHour() + ""),
                                number -> number));
    }

    private Ask forms() {
        List<Long> weeks = new ArrayList<>();
        for (LocalDate day = LocalDate.of(2026, 5, 4); day.isBefore(
                LocalDate.of(2026, 6, 8)); day = day.plusDays(7)) {
            String from = day.toString();
            String to = day.plusDays(7).toString();
            weeks.add(
                    scene.events(within(from, to))
                            .filter(event -> event.is("form_submit"))
                            .count());
        }
        return ask("How many forms were sent per week since 4 May?")
                .call("aggregate_data",
                        "entity",
                        "events",
                        "filters",
                        args("event", "form_submit"),
                        "interval",
                        "week",
                        "date_after",
                        "2026-05-04",
                        "date_before",
                        "2026-06-08")
                .read(
                        answer -> answer.path("groups")
                                .valueStream()
                                .map(group -> group.path("count").asLong())
                                .toList())
                .expect(weeks);
    }

    private Ask subscribers() {
        return ask("Which countries do our newsletter readers live in?")
                .call("aggregate_data",
                        "entity",
                        "contacts",
                        "group_by",
                        List.of("country"),
                        "filters",
                        args("newsletter", true))
                .read(Read.map("country", "count"))
                .expect(
                        Read.numbers(
                                count(
                                        scene.people(p -> p.has("newsletter", true)),
                                        p -> p.text("country")),
                                number -> number));
    }

    private Ask anonymous() {
        List<Deed> yesterday = scene.events(within(YESTERDAY, TODAY)).toList();
        return ask("How much of yesterday's traffic do we know nobody for?")
                .call("get_event_stats", "date_after", YESTERDAY, "date_before", TODAY)
                .read(
                        answer -> answer.at("/stats/anonymous_events").asLong() + " of "
                                + answer.at("/stats/total_events").asLong())
                .expect(
                        yesterday.stream().filter(event -> event.person().isEmpty()).count()
                                + " of " + yesterday.size());
    }

    private Ask segment() {
        return ask("In which stages are the members of segment seg_3?")
                .call("aggregate_data",
                        "entity",
                        "contacts",
                        "group_by",
                        List.of("lifecyclestage"),
                        "filters",
                        args("segment_id", "seg_3"))
                .read(Read.map("lifecyclestage", "count"))
                .expect(
                        Read.numbers(
                                count(
                                        scene.people(
                                                p -> p.is().getSegmentIds().contains("seg_3")),
                                        p -> p.text("lifecyclestage")),
                                number -> number));
    }
}
