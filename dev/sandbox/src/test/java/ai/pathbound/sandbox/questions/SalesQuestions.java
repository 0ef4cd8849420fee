package ai.pathbound.sandbox.questions;

import static ai.pathbound.sandbox.questions.Ask.args;
import static ai.pathbound.sandbox.questions.Ask.ask;
import static ai.pathbound.sandbox.questions.Scene.LAST_WEEK;
import static ai.pathbound.sandbox.questions.Scene.MONDAY;
import static ai.pathbound.sandbox.questions.Scene.MONTH_AGO;
import static ai.pathbound.sandbox.questions.Scene.TODAY;
import static ai.pathbound.sandbox.questions.Scene.at;
import static ai.pathbound.sandbox.questions.Scene.count;
import static ai.pathbound.sandbox.questions.Scene.distinct;
import static ai.pathbound.sandbox.questions.Scene.since;
import static ai.pathbound.sandbox.questions.Scene.sum;
import static ai.pathbound.sandbox.questions.Scene.top;
import static ai.pathbound.sandbox.questions.Scene.within;

import ai.pathbound.sandbox.questions.Book.Deed;
import ai.pathbound.sandbox.questions.Book.Firm;
import ai.pathbound.sandbox.questions.Book.Person;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// What people who sell ask before calls and in the pipeline meeting.
final class SalesQuestions {
    private final Scene scene;

    SalesQuestions(Scene scene) {
        this.scene = scene;
    }

    List<Ask> all() {
        return List.of(
                thisWeek(),
                brief(),
                whoIs(),
                customersInGermany(),
                newestOpportunities(),
                quietCompanies(),
                activeOpportunities(),
                pricingLeads(),
                hotCompanies(),
                staff(),
                decisionMakers(),
                pipeline(),
                contractValues(),
                churnRisks(),
                lastVisits(),
                securityReaders());
    }

    private Ask thisWeek() {
        Person person = scene.busiest();
        return ask("What did " + name(person) + " do this week?")
                .call("get_contact_timeline",
                        "contact_id",
                        person.id(),
                        "date_after",
                        MONDAY,
                        "limit",
                        100)
                .read(
                        answer -> answer.path("entries")
                                .valueStream()
                                .filter(entry -> entry.path("type").asString().equals("event"))
                                .map(entry -> entry.path("id").asString())
                                .toList())
                .expect(scene.eventsOf(person).filter(since(MONDAY)).map(Deed::id).toList());
    }

    private Ask brief() {
        Person person = scene.talker();
        return ask(
                "I am about to call " + name(person) + ". Who is that, and what happened lately?")
                .call("get_contact", "contact_id", person.id())
                .read(
                        answer -> List.of(
                                answer.at("/contact/properties/jobtitle").asString(),
                                answer.at("/company/properties/name").asString(Read.NONE),
                                Read.texts(answer.path("recent_events"), "event_id"),
                                Read.texts(answer.path("notes"), "content")))
                .expect(
                        List.of(
                                person.text("jobtitle"),
                                person.text("company"),
                                scene.eventsOf(person).limit(20).map(Deed::id).toList(),
                                scene.book()
                                        .notes()
                                        .stream()
                                        .filter(note -> note.owner().equals(person.id()))
                                        .map(Book.Note::content)
                                        .toList()));
    }

    private Ask whoIs() {
        Person person = scene.busiest();
        return ask("Which contact is " + person.text("email") + "?")
                .call("list_contacts", "search", person.text("email"), "fields", "summary")
                .read(Read.list("/contacts", "contact_id"))
                .expect(List.of(person.id()));
    }

    private Ask customersInGermany() {
        return ask("How many customers do we have in Germany?")
                .call("list_contacts",
                        "lifecycle_stage",
                        "customer",
                        "country",
                        "Germany",
                        "count_only",
                        true)
                .read(Read.number("/count"))
                .expect(
                        scene.people(
                                p -> p.has("lifecyclestage", "customer")
                                        && p.has("country", "Germany"))
                                .count());
    }

    private Ask newestOpportunities() {
        return ask("Who are our five newest opportunities?")
                .call("list_contacts",
                        "lifecycle_stage",
                        "opportunity",
                        "fields",
                        "summary",
                        "limit",
                        5)
                .read(Read.list("/contacts", "contact_id"))
                .expect(
                        scene.people(p -> p.has("lifecyclestage", "opportunity"))
                                .sorted(
                                        Comparator.comparing((Person p) -> p.is().getCreatedAt())
                                                .thenComparing(Person::id)
                                                .reversed())
                                .limit(5)
                                .map(Person::id)
                                .toList());
    }

    private Ask quietCompanies() {
        Map<String, Instant> newest = new TreeMap<>();
        scene.book()
                .events()
                .forEach(
                        event -> scene.book()
                                .employer(event)
                                .ifPresent(firm -> newest.putIfAbsent(firm.id(), event.at())));
        return ask("At which companies have our people gone quiet for ten days?")
                .call("list_companies",
                        "last_activity_before",
                        "2026-06-02",
                        "fields",
                        "summary",
                        "sort_by",
                        "last_activity_at",
                        "limit",
                        100)
                .read(Read.set("/companies", "company_id"))
                .expect(
                        newest.entrySet()
                                .stream()
                                .filter(entry -> entry.getValue().isBefore(at("2026-06-02")))
                                .map(Map.Entry::getKey)
                                .collect(Collectors.toCollection(TreeSet::new)));
    }

    private Ask activeOpportunities() {
        Map<String, Instant> last = scene.book().lastSeen();
        return ask("Which opportunities were on our site this week?")
                .call("list_contacts",
                        "lifecycle_stage",
                        "opportunity",
                        "last_activity_after",
                        MONDAY,
                        "fields",
                        "summary",
                        "limit",
                        100)
                .read(Read.set("/contacts", "contact_id"))
                .expect(
                        scene.people(p -> p.has("lifecyclestage", "opportunity"))
                                .map(Person::id)
                                .filter(
                                        id -> last.containsKey(id)
                                                && !Objects.requireNonNull(last.get(id))
                                                        .isBefore(at(MONDAY)))
                                .collect(Collectors.toCollection(TreeSet::new)));
    }

    private Ask pricingLeads() {
        return ask("Which leads looked at /pricing most in the last 30 days?")
                .call("aggregate_data",
                        "entity",
                        "events",
                        "group_by",
                        List.of("contact.email"),
                        "filters",
                        args("path", "/pricing", "contact.lifecyclestage", "lead"),
                        "date_after",
                        MONTH_AGO,
                        "limit",
                        5)
                .read(Read.groups("contact.email", "count"))
                .expect(
                        top(
                                count(
                                        scene.events(since(MONTH_AGO))
                                                .filter(event -> event.path().equals("/pricing"))
                                                .flatMap(
                                                        event -> scene.book()
                                                                .owner(event)
                                                                .stream())
                                                .filter(p -> p.has("lifecyclestage", "lead")),
                                        person -> person.text("email")),
                                5));
    }

    private Ask hotCompanies() {
        return ask("At which companies are most of our contacts active this week?")
                .call("aggregate_data",
                        "entity",
                        "events",
                        "group_by",
                        List.of("company.name"),
                        "metrics",
                        List.of(args("op", "count_distinct", "field", "contact_id")),
                        "filters",
                        args("company_id", args("exists", true)),
                        "date_after",
                        MONDAY,
                        "limit",
                        5)
                .read(Read.groups("company.name", "contact_id_distinct"))
                .expect(
                        top(
                                distinct(
                                        scene.events(since(MONDAY))
                                                .filter(
                                                        event -> scene.book()
                                                                .employer(event)
                                                                .isPresent()),
                                        event -> scene.book()
                                                .employer(event)
                                                .orElseThrow()
                                                .text("name"),
                                        Deed::person),
                                5));
    }

    private Ask staff() {
        Firm firm = scene.firm();
        return ask("Whom do we know at " + firm.text("name") + "?")
                .call("list_contacts", "company_id", firm.id(), "fields", "summary")
                .read(Read.set("/contacts", "email"))
                .expect(
                        scene.people(p -> firm.id().equals(p.is().getCompanyId()))
                                .map(person -> person.text("email"))
                                .collect(Collectors.toCollection(TreeSet::new)));
    }

    private Ask decisionMakers() {
        return ask("How many vice presidents do we know in software?")
                .call("list_contacts",
                        "job_title",
                        "VP",
                        "industry",
                        "Software",
                        "count_only",
                        true)
                .read(Read.number("/count"))
                .expect(
                        scene.people(
                                p -> p.text("jobtitle").contains("VP")
                                        && p.has("industry", "Software"))
                                .count());
    }

    private Ask pipeline() {
        return ask("How many contacts are in each stage of the pipeline?")
                .call("aggregate_data",
                        "entity",
                        "contacts",
                        "group_by",
                        List.of("lifecyclestage"))
                .read(Read.map("lifecyclestage", "count"))
                .expect(
                        Read.numbers(
                                count(scene.people(_ -> true), p -> p.text("lifecyclestage")),
                                number -> number));
    }

    private Ask contractValues() {
        return ask("How much yearly revenue do we have per industry?")
                .call("aggregate_data",
                        "entity",
                        "companies",
                        "group_by",
                        List.of("industry"),
                        "metrics",
                        List.of(args("op", "sum", "field", "arr_eur")),
                        "filters",
                        args("arr_eur", args("exists", true)))
                .read(Read.map("industry", "arr_eur_sum"))
                .expect(
                        Read.numbers(
                                sum(
                                        scene.book()
                                                .firms()
                                                .stream()
                                                .filter(
                                                        firm -> firm.properties()
                                                                .containsKey("arr_eur")),
                                        firm -> firm.text("industry"),
                                        firm -> Objects.requireNonNull(
                                                firm.properties().get("arr_eur"))),
                                number -> number));
    }

    private Ask churnRisks() {
        return ask("Which customers have a churn risk of 0.8 or more?")
                .call("aggregate_data",
                        "entity",
                        "contacts",
                        "group_by",
                        List.of("email"),
                        "metrics",
                        List.of(args("op", "max", "field", "churn_risk")),
                        "filters",
                        args("lifecyclestage", "customer", "churn_risk", args("gte", 0.8)))
                .read(Read.map("email", "churn_risk_max"))
                .expect(
                        Read.numbers(
                                sum(
                                        scene.people(
                                                p -> p.has("lifecyclestage", "customer")
                                                        && p.properties()
                                                                .get(
                                                                        "churn_risk") instanceof Number risk
                                                        && risk.doubleValue() >= 0.8),
                                        person -> person.text("email"),
                                        person -> Objects.requireNonNull(
                                                person.properties().get("churn_risk"))),
                                number -> number));
    }

    private Ask lastVisits() {
        Map<String, Instant> last = scene.book().lastSeen();
        List<String> three = last.keySet().stream().sorted().limit(3).toList();
        return ask("When were these three contacts last on our site?")
                .call("batch_get_activity", "contact_ids", three, "events_limit", 1)
                .read(
                        answer -> three.stream()
                                .map(
                                        id -> Instant.parse(
                                                answer.path("activity")
                                                        .path(id)
                                                        .at("/events/0/timestamp")
                                                        .asString()))
                                .toList())
                .expect(three.stream().map(last::get).toList());
    }

    private Ask securityReaders() {
        return ask("Who of our opportunities read the security page since the beginning of June?")
                .call("aggregate_data",
                        "entity",
                        "events",
                        "group_by",
                        List.of("contact.email"),
                        "filters",
                        args("path", "/security", "contact.lifecyclestage", "opportunity"),
                        "date_after",
                        LAST_WEEK,
                        "date_before",
                        TODAY)
                .read(Read.map("contact.email", "count"))
                .expect(
                        Read.numbers(
                                count(
                                        scene.events(within(LAST_WEEK, TODAY))
                                                .filter(event -> event.path().equals("/security"))
                                                .flatMap(
                                                        event -> scene.book()
                                                                .owner(event)
                                                                .stream())
                                                .filter(p -> p.has("lifecyclestage",
                                                        "opportunity")),
                                        person -> person.text("email")),
                                number -> number));
    }

    private static String name(Person person) {
        return person.text("firstname") + " " + person.text("lastname");
    }
}
