package ai.pathbound.projector;

import static ai.pathbound.projector.GeneratedHistory.TENANT;
import static org.assertj.core.api.Assertions.assertThat;

import ai.pathbound.projector.GeneratedHistory.Step;
import ai.pathbound.projector.query.Question;
import ai.pathbound.projector.query.Question.CompanyFilter;
import ai.pathbound.projector.query.Question.CompanyOrder;
import ai.pathbound.projector.query.Question.CompanySort;
import ai.pathbound.projector.query.Question.ContactFilter;
import ai.pathbound.projector.query.Question.ContactOrder;
import ai.pathbound.projector.query.Question.ContactSort;
import ai.pathbound.projector.query.Question.EventFilter;
import ai.pathbound.projector.query.Question.EventOrder;
import ai.pathbound.projector.query.Question.EventSort;
import ai.pathbound.projector.query.Question.ListCompanies;
import ai.pathbound.projector.query.Question.ListContacts;
import ai.pathbound.projector.query.Question.ListEvents;
import ai.pathbound.projector.query.Question.Page;
import ai.pathbound.projector.query.Question.Paged;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/// Lists against [PlainSets]: every filter, every sort in both directions, page by page. The tables
/// are loaded early and kept up. More seeds: `-Dpathbound.seeds=200`.
class ListsModelTest {
    private static final int CHANGES = 300;
    private static final int CONTACTS = 16;

    static LongStream seeds() {
        return LongStream.range(0, Long.getLong("pathbound.seeds", 15));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void listsAgreeWithTheModel(long seed, @TempDir Path state) {
        List<Step> history = GeneratedHistory.of(seed, CHANGES, CONTACTS);
        PlainSets sets = new PlainSets(new PlainModel(history));
        Random random = new Random(seed);
        SetFilters filters = new SetFilters(random);
        try (TestProjector projector = TestProjector.loadedEarly(state)) {
            GeneratedHistory.shuffled(history, seed)
                    .forEach(step -> projector.send(step.key(), step.value()));
            for (boolean descending : List.of(true, false)) {
                for (ContactOrder order : ContactOrder.values()) {
                    contacts(projector, sets, SetFilters.ALL_CONTACTS, order, descending, random);
                    contacts(projector, sets, filters.contacts(), order, descending, random);
                    contacts(projector, sets, filters.contacts(), order, descending, random);
                }
                for (CompanyOrder order : CompanyOrder.values()) {
                    companies(projector, sets, SetFilters.ALL_COMPANIES, order, descending, random);
                    companies(projector, sets, filters.companies(), order, descending, random);
                }
                for (EventOrder order : EventOrder.values()) {
                    events(projector, sets, SetFilters.ALL_EVENTS, order, descending, random);
                    for (int i = 0; i < 5; i++) {
                        events(projector, sets, filters.events(), order, descending, random);
                    }
                }
            }
        }
    }

    private static void contacts(TestProjector projector,
            PlainSets sets,
            ContactFilter filter,
            ContactOrder order,
            boolean descending,
            Random random) {
        String field = order == ContactOrder.CREATEDATE
                ? "created_at"
                : order.name().toLowerCase(Locale.ROOT);
        ListContacts list = new ListContacts(filter, new ContactSort(order, descending),
                new Page(1, 1 + random.nextInt(9)), false, random.nextBoolean(), false);
        List<PlainRow> expected = sets.contacts(filter)
                .sorted(PlainSets.by(field, descending))
                .toList();
        compare(projector, list, "contacts", "contact_id", expected);
        compareCount(projector,
                new ListContacts(filter, list.sort(), list.page(), true, false, false),
                expected.size());
    }

    private static void companies(TestProjector projector,
            PlainSets sets,
            CompanyFilter filter,
            CompanyOrder order,
            boolean descending,
            Random random) {
        ListCompanies list = new ListCompanies(filter, new CompanySort(order, descending),
                new Page(1, 1 + random.nextInt(5)), false, random.nextBoolean(), false);
        List<PlainRow> expected = sets.companies(filter)
                .sorted(
                        order == CompanyOrder.LAST_ACTIVITY_AT
                                ? byActivity(sets.activity(), descending)
                                : PlainSets.by(order.name().toLowerCase(Locale.ROOT), descending))
                .toList();
        List<JsonNode> shown = compare(projector, list, "companies", "company_id", expected);
        if (list.summary()) {
            for (JsonNode company : shown) {
                String id = company.at("/company_id").asString();
                assertThat(company.at("/last_activity_at").toString())
                        .isEqualTo(
                                PlainValues
                                        .json(Optional.ofNullable(sets.activity().get(id))));
            }
        }
        compareCount(projector,
                new ListCompanies(filter, list.sort(), list.page(), true, false, false),
                expected.size());
    }

    private static Comparator<PlainRow> byActivity(Map<String, Instant> activity,
            boolean descending) {
        Comparator<PlainRow> missing = Comparator.comparing(row -> !activity.containsKey(row.id()));
        Comparator<PlainRow> time = Comparator
                .comparing((PlainRow row) -> activity.getOrDefault(row.id(), Instant.EPOCH))
                .thenComparing(PlainRow::id);
        return missing.thenComparing(descending ? time.reversed() : time);
    }

    private static void events(TestProjector projector,
            PlainSets sets,
            EventFilter filter,
            EventOrder order,
            boolean descending,
            Random random) {
        String field = switch (order) {
            case TIMESTAMP -> "timestamp";
            case EVENT -> "event";
            case CREATED_AT -> "accepted_at";
        };
        boolean summary = random.nextBoolean();
        ListEvents list = new ListEvents(filter, new EventSort(order, descending),
                new Page(1, 1 + random.nextInt(20)), false, summary, false);
        List<PlainRow> expected = sets.events(filter)
                .sorted(PlainSets.by(field, descending))
                .toList();
        List<JsonNode> shown = compare(projector,
                list,
                "events",
                summary ? "id" : "event_id",
                expected);
        String owner = summary ? "/contact_id" : "/contact/contact_id";
        for (int i = 0; i < shown.size(); i++) {
            assertThat(shown.get(i).at(owner).asString(""))
                    .isEqualTo(expected.get(i).get("contact_id").orElse(""));
        }
        compareCount(projector,
                new ListEvents(filter, list.sort(), list.page(), true, false, false),
                expected.size());
    }

    /// Every page: each id once, in order.
    private static List<JsonNode> compare(TestProjector projector,
            Paged list,
            String array,
            String idName,
            List<PlainRow> expected) {
        List<JsonNode> shown = new ArrayList<>();
        int limit = list.page().limit();
        int page = 1;
        boolean more;
        do {
            JsonNode answer = projector.json(TENANT,
                    list.withPage(new Page(page, limit)));
            answer.at("/" + array).forEach(shown::add);
            assertThat(answer.at("/total").asInt(-1)).as(list.toString())
                    .isEqualTo(expected.size());
            assertThat(answer.at("/returned").asInt(-1)).isEqualTo(answer.at("/" + array).size());
            assertThat(answer.at("/pagination/total_pages").asInt(-1))
                    .isEqualTo((expected.size() + limit - 1) / limit);
            more = answer.at("/truncated").asBoolean();
            assertThat(answer.at("/next/page").asInt(0)).isEqualTo(more ? page + 1 : 0);
            page++;
        } while (more);
        assertThat(shown.stream().map(item -> item.at("/" + idName).asString()).toList())
                .as(list.toString())
                .isEqualTo(expected.stream().map(PlainRow::id).toList());
        JsonNode beyond = projector.json(TENANT, list.withPage(new Page(page, limit)));
        assertThat(beyond.at("/" + array)).isEmpty();
        assertThat(beyond.at("/total").asInt(-1)).isEqualTo(expected.size());
        return shown;
    }

    private static void compareCount(TestProjector projector, Question count, long expected) {
        assertThat(projector.json(TENANT, count).at("/count").asLong(-1)).as(count.toString())
                .isEqualTo(expected);
    }
}
