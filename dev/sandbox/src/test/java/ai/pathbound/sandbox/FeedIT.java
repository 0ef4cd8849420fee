package ai.pathbound.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ai.pathbound.sandbox.broker.BrokerProcess;
import ai.pathbound.sandbox.store.Change;
import ai.pathbound.sandbox.store.EventFilter;
import ai.pathbound.sandbox.store.EventRow;
import ai.pathbound.sandbox.store.Truth;
import ai.pathbound.schemas.change.CompanyNote;
import ai.pathbound.schemas.change.ContactNote;
import ai.pathbound.schemas.change.Conversation;
import ai.pathbound.schemas.change.Deleted;
import ai.pathbound.schemas.change.Message;
import ai.pathbound.schemas.topics.ChangeKey;
import ai.pathbound.schemas.topics.EntityKind;
import ai.pathbound.schemas.topics.TenantPartitioner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The change feed through a real broker, as a plain consumer sees it.
final class FeedIT {
    private static final Path HOME = Path
            .of(System.getProperty("pathbound.broker.home", "../broker/target"));
    private static final Duration PUBLISHED_MAX = Duration.ofSeconds(60);
    private static final int PARTITIONS = 3;

    private final Path folder;
    private final Path data;
    private BrokerProcess broker;

    FeedIT(@TempDir Path folder) throws IOException {
        this.folder = folder;
        data = Files.createDirectories(folder.resolve("truth"));
        broker = BrokerProcess.start(folder.resolve("broker"), HOME, _ -> {
        });
    }

    @AfterEach
    void stopBroker() {
        broker.close();
    }

    @Test
    void everyAcceptedChange_isOnTheFeedInOrder_andTheNewestIsTheTruth() throws Exception {
        var settings = new SandboxSettings(data, 0, broker.bootstrapServers(), PARTITIONS, 7, 300,
                40, 4_000, false, Clock.systemUTC());
        try (Sandbox sandbox = Sandbox.start(settings);
                Rest rest = new Rest(sandbox.baseUrl(), "sk_demo_acme")) {
            sandbox.seed(_ -> {
            });
            change(rest);
            sandbox.awaitPublished(PUBLISHED_MAX);
        }
        List<Feed.Entry> feed = Feed.read(broker.bootstrapServers());
        assertThat(feed).allSatisfy(entry -> {
            assertThat(entry.topic()).isEqualTo(entry.key().kind().topic());
            assertThat(entry.partition())
                    .isEqualTo(TenantPartitioner.partition(entry.key().tenant(), PARTITIONS));
        });
        assertThat(newestOf(feed)).isEqualTo(truth());
    }

    @Test
    void acknowledgedWrites_surviveKill_andReachTheFeed() throws Exception {
        Set<String> acknowledged = new HashSet<>();
        for (int writes : List.of(1, 40, 150)) {
            acknowledged.addAll(writeUntilKilled(broker.bootstrapServers(), writes));
        }
        assertThat(published()).containsAll(acknowledged);
    }

    @Test
    void acknowledgedWritesWithoutBroker_surviveKill_andReachTheFeedLater() throws Exception {
        List<String> acknowledged = writeUntilKilled(WritingSandbox.NO_BROKER, 100);
        assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(100);
        assertThat(published()).containsAll(acknowledged);
    }

    @Test
    void feedWaitsForAnAbsentBroker_andGoesOnWhenItIsBack() throws Exception {
        try (Sandbox sandbox = Sandbox
                .start(WritingSandbox.settings(data, broker.bootstrapServers()));
                Rest rest = new Rest(sandbox.baseUrl(), "sk_demo_acme")) {
            rest.post("/contacts", "{\"email\":\"before@x.test\"}");
            sandbox.awaitPublished(PUBLISHED_MAX);
            broker.close();
            String id = rest.post("/contacts", "{\"email\":\"during@x.test\"}").id("contact");
            broker = BrokerProcess.start(folder.resolve("broker"), HOME, _ -> {
            });
            sandbox.awaitPublished(PUBLISHED_MAX);
            assertThat(Feed.read(broker.bootstrapServers()))
                    .extracting(Feed.Entry::id)
                    .contains(id);
        }
    }

    /// Every kind of write once.
    private static void change(Rest rest) {
        String company = rest.post("/companies", "{\"domain\":\"new.test\"}").id("company");
        String contact = rest
                .post(
                        "/contacts",
                        "{\"email\":\"n@new.test\",\"company_id\":\"" + company + "\"}")
                .id("contact");
        for (String owner : List.of("/contacts/" + contact, "/companies/" + company)) {
            String note = rest.post(owner + "/notes", "{\"content\":\"a\"}").id("note");
            rest.put(owner + "/notes/" + note, "{\"content\":\"b\"}");
            rest.put(owner, "{\"properties\":{\"tier\":1}}");
            rest.post(owner + "/notes", "{\"content\":\"goes with its owner\"}");
            rest.delete(owner + "/notes/" + note);
        }
        rest.post("/identify", "{\"external_id\":\"crm-1\",\"anonymous_id\":\"vis_x\"}");
        rest.delete("/companies/" + company);
        rest.delete("/contacts/" + contact);
        String seeded = rest.get("/contacts?limit=1")
                .body()
                .path("contacts")
                .path(0)
                .path("contact_id")
                .asString();
        rest.delete("/contacts/" + seeded);
    }

    /// The newest state of each entity that is there; on the way, that versions come without gap or
    /// step back.
    private static Map<ChangeKey, String> newestOf(List<Feed.Entry> feed) {
        Map<ChangeKey, Feed.Entry> newest = new HashMap<>();
        for (Feed.Entry entry : feed) {
            Feed.Entry before = newest.put(entry.key(), entry);
            assertThat(entry.version()).as(entry.key().toString())
                    .isEqualTo(before == null ? 1 : before.version() + 1);
        }
        Set<String> gone = new HashSet<>();
        newest.values().removeIf(entry -> entry.body() instanceof Deleted && gone.add(entry.id()));
        // What hangs on a deleted owner goes with it, without changes of its own.
        newest.values().removeIf(entry -> gone.contains(owner(entry.body())));
        Map<ChangeKey, String> states = new HashMap<>();
        newest.forEach((key, entry) -> states.put(key, state(entry.version(), entry.body())));
        return states;
    }

    private static String owner(Object body) {
        return switch (body) {
            case ContactNote note -> note.getContactId();
            case Conversation conversation -> conversation.getContactId();
            case Message message -> message.getContactId();
            case CompanyNote note -> note.getCompanyId();
            default -> "";
        };
    }

    private Map<ChangeKey, String> truth() {
        Map<ChangeKey, String> states = new HashMap<>();
        try (Truth truth = Truth.open(data)) {
            for (String tenant : List.of("acme", "globex")) {
                List<Change> stored = new ArrayList<>();
                for (EntityKind kind : EntityKind.values()) {
                    stored.addAll(truth.all(tenant, kind));
                }
                truth.events(new EventFilter(tenant), "e.id", Integer.MAX_VALUE, 0)
                        .stream()
                        .map(EventRow::change)
                        .forEach(stored::add);
                stored.forEach(c -> states.put(c.key(), state(c.version(), c.body())));
            }
        }
        return states;
    }

    private static String state(long version, Object body) {
        return version + " " + body;
    }

    /// Lets a backend in a JVM of its own write, and kills it after so many acknowledged writes:
    /// those before the kill are read to the last, the next one is under way.
    private List<String> writeUntilKilled(String bootstrapServers, int writes) throws Exception {
        Process writer = ChildJvm.start(
                WritingSandbox.class,
                List.of(),
                data.toString(),
                bootstrapServers);
        List<String> acknowledged = new ArrayList<>();
        try (var output = writer.inputReader(UTF_8)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                if (line.matches("acknowledged \\S+ \\d+")) {
                    acknowledged.add(line.substring("acknowledged ".length()));
                }
                if (acknowledged.size() == writes) {
                    // Through the handle: the process itself would close its output, too.
                    writer.toHandle().destroyForcibly();
                }
            }
        } finally {
            writer.destroyForcibly().waitFor();
        }
        return acknowledged;
    }

    /// Starts the backend again, lets it publish, and reads `<id> <version>` of all on the feed.
    private Set<String> published() throws InterruptedException {
        try (Sandbox sandbox = Sandbox
                .start(WritingSandbox.settings(data, broker.bootstrapServers()))) {
            sandbox.awaitPublished(PUBLISHED_MAX);
        }
        Set<String> published = new HashSet<>();
        Feed.read(broker.bootstrapServers())
                .forEach(entry -> published.add(entry.id() + " " + entry.version()));
        return published;
    }
}
