package ai.pathbound.mcp.tools;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pathbound.mcp.json.Wire;
import ai.pathbound.projector.query.Answer;
import ai.pathbound.projector.query.Freshness;
import ai.pathbound.projector.query.Json;
import ai.pathbound.projector.query.Question;
import ai.pathbound.projector.query.Question.BatchEntity;
import ai.pathbound.projector.query.Question.ContactFilter;
import ai.pathbound.projector.query.Question.ContactOrder;
import ai.pathbound.projector.query.Question.ContactSort;
import ai.pathbound.projector.query.Question.Page;
import ai.pathbound.projector.query.Question.TimeRange;
import ai.pathbound.projector.query.ReadModel;
import ai.pathbound.schemas.topics.ChangeKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Answers stay within their bound, and following `next` misses nothing and repeats nothing.
final class BoundedReadsTest {
    private static final int BYTES_MAX = 4096;
    private static final Freshness FRESH = new Freshness(Instant.parse("2026-11-23T10:00:00Z"), 0,
            true);

    static Stream<Long> seeds() {
        return Stream.iterate(1L, seed -> seed + 1).limit(50);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void pages_followedByNext_showEachContactOnce(long seed) {
        Contacts contacts = new Contacts(seed);
        Page page = new Page(1, 1 + new Random(seed).nextInt(100));
        List<String> seen = new ArrayList<>();
        while ((page.number() - 1L) * page.limit() < contacts.ids.size()) {
            JsonNode answer = contacts.ask(list(page));
            ids(answer.path("contacts"), seen);
            assertThat(answer.path("returned").asInt()).isEqualTo(answer.path("contacts").size());
            page = answer.path("truncated").asBoolean()
                    ? new Page(answer.at("/next/page").asInt(), answer.at("/next/limit").asInt())
                    : new Page(page.number() + 1, page.limit());
        }
        assertThat(seen).isEqualTo(contacts.ids);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void timeline_followedByCursor_showsEachEntryOnce(long seed) {
        Contacts contacts = new Contacts(seed);
        List<String> seen = new ArrayList<>();
        Optional<String> cursor = Optional.of("0");
        while (cursor.isPresent()) {
            JsonNode answer = contacts
                    .ask(new Question.ContactTimeline("ct_1", TimeRange.ALL, 100, cursor));
            ids(answer.path("entries"), seen);
            cursor = Optional.of(answer.path("next").asString("")).filter(next -> !next.isEmpty());
        }
        assertThat(seen).isEqualTo(contacts.ids);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void batch_followedByTheIdsLeft_showsEachContactOnce(long seed) {
        Contacts contacts = new Contacts(seed);
        List<String> left = contacts.ids.subList(0, Math.min(25, contacts.ids.size()));
        List<String> asked = left;
        List<String> seen = new ArrayList<>();
        while (!left.isEmpty()) {
            JsonNode answer = contacts.ask(new Question.BatchDetails(BatchEntity.CONTACTS, left));
            ids(answer.path("contacts"), seen);
            List<String> next = new ArrayList<>();
            answer.at("/next/ids").forEach(id -> next.add(id.stringValue()));
            left = next;
        }
        assertThat(seen).isEqualTo(asked);
    }

    @Test
    void answersThatFit_arePassedOnUntouched() {
        Json json = new Json("{ \"event\":{} }".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        BoundedReads reads = new BoundedReads(fixed(json), BYTES_MAX);
        assertThat(reads.ask("t1", new Question.GetEvent("evt_1")))
                .isInstanceOfSatisfying(
                        Answer.Found.class,
                        found -> assertThat(found.json()).isSameAs(json));
    }

    @Test
    void contact_losesTheEndsOfItsLists_andSaysWhereTheyAre() {
        ObjectNode contact = Wire.MAPPER.createObjectNode();
        contact.putObject("contact").put("contact_id", "ct_1");
        ArrayNode events = contact.putArray("recent_events");
        IntStream.range(0, 20).forEach(i -> events.addObject().put("event_id", "evt_" + i));
        ArrayNode notes = contact.putArray("notes");
        IntStream.range(0, 20)
                .forEach(i -> notes.addObject().put("content", i + "x".repeat(1000)));
        JsonNode answer = ask(contact, new Question.GetContact("ct_1"));
        assertThat(answer.path("recent_events")).hasSize(20);
        assertThat(answer.path("notes")).hasSize(3);
        assertThat(answer.path("truncated").asBoolean()).isTrue();
        assertThat(answer.at("/next/tool").asString()).isEqualTo("get_contact_timeline");
        assertThat(answer.has("omitted")).isFalse();
    }

    @Test
    void event_losesItsHeaviestMembers_andNamesThem() {
        ObjectNode event = Wire.MAPPER.createObjectNode();
        event.putObject("event")
                .put("url", "https://acme.test/" + "é".repeat(3000))
                .putObject("data")
                .put("title", "Pricing")
                .put("dump", "\uD83D\uDE00".repeat(5000));
        JsonNode answer = ask(event, new Question.GetEvent("evt_1"));
        assertThat(answer.at("/event/data").propertyNames()).containsExactly();
        assertThat(answer.at("/event/url").asString()).hasSize(1001).endsWith("…");
        assertThat(answer.path("omitted").toString())
                .contains("event.data.dump", "event.url");
    }

    @Test
    void longTexts_areNotCutInsideACharacter() {
        ObjectNode event = Wire.MAPPER.createObjectNode();
        event.putObject("event").put("url", "x" + "\uD83D\uDE00".repeat(5000));
        assertThat(ask(event, new Question.GetEvent("evt_1")).at("/event/url").asString())
                .hasSize(1000);
    }

    private static JsonNode ask(ObjectNode whole, Question question) {
        return read(
                new BoundedReads(fixed(new Json(Wire.MAPPER.writeValueAsBytes(whole))), BYTES_MAX)
                        .ask("t1", question));
    }

    private static JsonNode read(Answer answer) {
        Json json = ((Answer.Found) answer).json();
        assertThat(json.utf8().length).isLessThanOrEqualTo(BYTES_MAX);
        return Wire.MAPPER.readTree(json.utf8());
    }

    private static void ids(JsonNode items, List<String> seen) {
        items.forEach(item -> seen.add(item.path("id").asString()));
    }

    private static Question list(Page page) {
        return new Question.ListContacts(
                new ContactFilter(Optional.empty(), Optional.empty(), Optional.empty(),
                        Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
                        Optional.empty(), Optional.empty(), Optional.empty(), TimeRange.ALL,
                        Optional.empty()),
                new ContactSort(ContactOrder.EMAIL, false), page, false, false, false);
    }

    private static ReadModel fixed(Json json) {
        return new ReadModel() {
            @Override
            public Answer ask(String tenant, Question question) {
                return new Answer.Found(json, FRESH);
            }

            @Override
            public boolean awaitVersion(ChangeKey key, long version, Duration atMost) {
                return true;
            }
        };
    }

    /// A tenant with contacts of many sizes, none above a quarter of the bound.
    private static final class Contacts implements ReadModel {
        private final List<String> ids;
        private final Random random;
        private final long seed;

        Contacts(long seed) {
            this.seed = seed;
            random = new Random(seed);
            ids = IntStream.range(0, random.nextInt(300)).mapToObj(i -> "ct_" + i).toList();
        }

        JsonNode ask(Question question) {
            return read(new BoundedReads(this, BYTES_MAX).ask("t1", question));
        }

        @Override
        public Answer ask(String tenant, Question question) {
            ObjectNode answer = Wire.MAPPER.createObjectNode();
            switch (question) {
                case Question.ListContacts list -> {
                    Page page = list.page();
                    fill(answer, "contacts", (page.number() - 1) * page.limit(), page.limit());
                    answer.putObject("next")
                            .put("page", page.number() + 1)
                            .put("limit", page.limit());
                }
                case Question.ContactTimeline timeline -> {
                    int from = Integer.parseInt(timeline.cursor().orElse("0"));
                    int to = fill(answer, "entries", from, timeline.limit());
                    answer.put("next", to < ids.size() ? String.valueOf(to) : null);
                }
                case Question.BatchDetails batch -> {
                    ArrayNode contacts = answer.putArray("contacts");
                    batch.ids().forEach(id -> add(contacts, id));
                }
                default -> throw new IllegalArgumentException(question.toString());
            }
            return new Answer.Found(new Json(Wire.MAPPER.writeValueAsBytes(answer)), FRESH);
        }

        private int fill(ObjectNode answer, String name, int from, int limit) {
            int to = Math.min(from + limit, ids.size());
            ArrayNode items = answer.putArray(name);
            ids.subList(Math.min(from, to), to).forEach(id -> add(items, id));
            answer.put("returned", items.size()).put("truncated", to < ids.size());
            return to;
        }

        private void add(ArrayNode items, String id) {
            int size = new Random(seed ^ id.hashCode()).nextInt(BYTES_MAX / 4 - 100);
            items.addObject().put("id", id).put("text", "x".repeat(size));
        }

        @Override
        public boolean awaitVersion(ChangeKey key, long version, Duration atMost) {
            return true;
        }
    }
}
