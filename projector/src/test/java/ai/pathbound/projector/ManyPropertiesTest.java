package ai.pathbound.projector;

import static ai.pathbound.projector.GeneratedHistory.TENANT;
import static org.assertj.core.api.Assertions.assertThat;

import ai.pathbound.projector.query.Answer;
import ai.pathbound.projector.query.Question;
import ai.pathbound.projector.query.Question.Aggregate;
import ai.pathbound.projector.query.Question.ContactFilter;
import ai.pathbound.projector.query.Question.ContactOrder;
import ai.pathbound.projector.query.Question.ContactSort;
import ai.pathbound.projector.query.Question.Entity;
import ai.pathbound.projector.query.Question.ListContacts;
import ai.pathbound.projector.query.Question.MetricOp;
import ai.pathbound.projector.query.Question.MetricSpec;
import ai.pathbound.projector.query.Question.Page;
import ai.pathbound.projector.query.Question.TimeRange;
import ai.pathbound.projector.tables.CopyTables;
import ai.pathbound.projector.tables.TenantView;
import ai.pathbound.schemas.topics.ChangeKey;
import ai.pathbound.schemas.topics.EntityKind;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An account with more properties than a table keeps columns, those that lists are made of last; and one
/// contact with thousands.
class ManyPropertiesTest {
    private static final int CONTACTS = 40;
    private static final Instant START = Changes.START;

    @TempDir
    private Path state;
    private TestProjector projector;

    @BeforeEach
    void start() {
        projector = TestProjector.loadedEarly(state);
        Map<String, Object> thousands = new HashMap<>();
        for (int i = 0; i < 5_000; i++) {
            thousands.put("aaa%04d".formatted(i), "x");
        }
        put(EntityKind.CONTACT, "ct_00", Changes.contact(thousands, null, START, List.of()));
        for (int i = 1; i < CONTACTS; i++) {
            Map<String, Object> properties = new HashMap<>();
            // In an order in which the last ones would not be kept if the first ones were.
            int from = 300 - i * 300 / (CONTACTS - 1);
            for (int p = from; p < Math.min(300, from + 20); p++) {
                properties.put("p%03d".formatted(p), (long) i);
            }
            if (i > CONTACTS / 2) {
                properties.put("country", i % 2 == 0 ? "Germany" : "France");
                properties.put("email", "user" + i + "@example.test");
                properties.put("linkedin", "in/" + i);
            }
            put(EntityKind.CONTACT,
                    "ct_%02d".formatted(i),
                    Changes.contact(properties, null, START.plusSeconds(i), List.of("v_" + i)));
        }
        Map<String, Object> data = new HashMap<>();
        for (int i = 0; i < 300; i++) {
            data.put("d%03d".formatted(i), "x");
        }
        put(EntityKind.EVENT,
                "ev_1",
                Changes.event("click", START, null, "v_39", data));
    }

    @AfterEach
    void stop() {
        projector.close();
    }

    private void put(EntityKind kind, String id, Object body) {
        ChangeKey key = new ChangeKey(TENANT, kind, id);
        projector.send(key, Changes.encode(key, 1, body));
    }

    @Test
    void lists_ofKnownProperties_areRight_keptUpFilledAndReopened() {
        assertListsAreRight();
        for (int second = 0; second < 60; second++) {
            projector.advance(Duration.ofSeconds(1));
        }
        projector.restartTables();
        assertListsAreRight();
        // Nothing is stored of it now: all comes from documents.
        projector.restartTables();
        assertListsAreRight();
    }

    @Test
    void columnsKept_areTheSame_keptUpFilledReopenedAndCopied() {
        TenantView live = projector.view(TENANT);
        TenantView copied = projector.copy(new CopyTables(16, Runnable::run), TENANT);
        assertSameColumns(live, copied);
        for (int second = 0; second < 60; second++) {
            projector.advance(Duration.ofSeconds(1));
        }
        projector.restartTables();
        assertSameColumns(live, projector.view(TENANT));
    }

    private static void assertSameColumns(TenantView one, TenantView other) {
        assertThat(other.contacts().names()).isEqualTo(one.contacts().names())
                .contains("properties.p000", "properties.p199", "properties.country")
                .doesNotContain("properties.p200", "properties.p299", "properties.aaa0000");
        assertThat(other.events().names()).isEqualTo(one.events().names())
                .contains("event_id", "timestamp", "visitor_id", "data.d199");
        assertThat(new TreeSet<>(other.contacts().notKept()))
                .isEqualTo(new TreeSet<>(one.contacts().notKept()));
    }

    @Test
    void aPropertyThatIsNotKept_isRefused() {
        for (String field : List.of("p299", "aaa0000")) {
            assertThat(projector.ask(TENANT, byField(field)))
                    .isInstanceOfSatisfying(
                            Answer.Invalid.class,
                            refused -> assertThat(refused.toString()).contains("not kept"));
        }
        assertThat(projector.json(TENANT, byField("p199")).path("groups").size())
                .isGreaterThan(1);
    }

    private void assertListsAreRight() {
        long german = 0;
        for (int i = CONTACTS / 2 + 1; i < CONTACTS; i++) {
            german += i % 2 == 0 ? 1 : 0;
        }
        assertThat(count(filter(Optional.of("germany"), Optional.empty(), Optional.empty())))
                .isEqualTo(german);
        assertThat(count(filter(Optional.empty(), Optional.of("USER39@"), Optional.empty())))
                .isOne();
        assertThat(count(filter(Optional.empty(), Optional.empty(), Optional.of(true))))
                .isEqualTo(CONTACTS - CONTACTS / 2 - 1L);
        assertThat(
                projector.json(TENANT,
                        new ListContacts(
                                filter(Optional.empty(), Optional.empty(), Optional.empty()),
                                new ContactSort(ContactOrder.EMAIL, true), new Page(1, 1), false,
                                true, false))
                        .path("contacts")
                        .path(0)
                        .path("email")
                        .stringValue())
                .isEqualTo("user39@example.test");
        assertThat(
                projector.json(TENANT, new Question.EventTypes()).toString()).contains("click");
    }

    private long count(ContactFilter filter) {
        return projector.json(TENANT,
                new ListContacts(filter, new ContactSort(ContactOrder.CREATEDATE, true),
                        new Page(1, 10), true, false, false))
                .path("count")
                .longValue();
    }

    private static ContactFilter filter(Optional<String> country,
            Optional<String> search,
            Optional<Boolean> linkedin) {
        return new ContactFilter(Optional.empty(), Optional.empty(), Optional.empty(), country,
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), linkedin,
                Optional.empty(), TimeRange.ALL, search, TimeRange.ALL);
    }

    private static Aggregate byField(String field) {
        return new Aggregate(Entity.CONTACTS, List.of(field), Optional.empty(), ZoneOffset.UTC,
                List.of(new MetricSpec(MetricOp.COUNT, Optional.empty())), List.of(), TimeRange.ALL,
                Optional.empty(), true, 10);
    }
}
