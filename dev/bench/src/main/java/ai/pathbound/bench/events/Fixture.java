package ai.pathbound.bench.events;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// The events of one tenant over 200 days. Each follows from the seed and its number alone, so any
/// part of the history can be made by itself.
///
/// Visits of about six events; visitors, pages and values skewed as web traffic is. Of the visitors a
/// third stays anonymous, a third is named by its events, a third is claimed by a contact later.
final class Fixture {
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    static final Duration SPAN = Duration.ofDays(200);
    static final Instant END = START.plus(SPAN);

    private static final long SEED = 42;
    private static final long SESSION_SEED = 43;
    /// Events between which visits mix, and how many visits do.
    private static final int WINDOW_EVENTS = 64;
    private static final int WINDOW_SESSIONS = 10;
    private static final int EVENTS_PER_VISITOR = 10;
    private static final int VISITORS_PER_CONTACT = 5;

    private static final List<String> EVENTS = words("event_", 20);
    private static final List<String> REFERRERS = words("ref_", 300);
    private static final List<String> BROWSERS = words("browser_", 8);
    private static final List<String> VERSIONS = words("1", 40);
    private static final List<String> SYSTEMS = words("os_", 6);
    private static final List<String> DEVICES = words("device_", 3);
    private static final List<String> UTM_SOURCES = words("utm_", 30);
    private static final int PAGES = 5_000;
    private static final List<String> PATHS = words("/path-", PAGES);
    private static final List<String> DOMAINS = IntStream.range(0, 10)
            .mapToObj(domain -> "domain_" + domain + ".test")
            .toList();
    private static final List<String> URLS = IntStream.range(0, PAGES)
            .mapToObj(page -> "https://" + domain(page) + PATHS.get(page))
            .toList();

    private final int events;

    Fixture(int events) {
        this.events = events;
    }

    int events() {
        return events;
    }

    /// An event of the history, or one after it from number `events()` on.
    EventRow row(int number) {
        var random = new SplittableRandom(SEED + number * 0x9E3779B97F4A7C15L);
        long session = (long) (number / WINDOW_EVENTS) * WINDOW_SESSIONS
                + random.nextInt(WINDOW_SESSIONS);
        int visitor = visitorOf(session);
        long millis = START.toEpochMilli() + SPAN.toMillis() * number / events;
        int page = skewed(random, PAGES);
        Optional<String> contact = contactOf(visitor);
        return new EventRow(id("evt_", random.nextLong()), millis,
                millis + random.nextInt(2_000), pick(random, EVENTS), page, URLS.get(page),
                PATHS.get(page), domain(page), pick(random, REFERRERS), pick(random, BROWSERS),
                pick(random, VERSIONS), pick(random, SYSTEMS), pick(random, DEVICES),
                random.nextInt(50) == 0, visitor(visitor), id("ses_", session * SESSION_SEED),
                isNamed(visitor) ? contact : Optional.empty(), contact,
                random.nextInt(4) == 0 ? Optional.of(pick(random, UTM_SOURCES)) : Optional.empty(),
                random.nextInt(5) == 0
                        ? OptionalLong.of(random.nextInt(10_000))
                        : OptionalLong.empty());
    }

    int visitors() {
        return Math.max(VISITORS_PER_CONTACT, events / EVENTS_PER_VISITOR);
    }

    String visitor(int number) {
        return "vis_" + (1_000_000_000 + number);
    }

    /// Who a visitor is, however that became known.
    Optional<String> contactOf(int visitor) {
        return visitor % 3 == 0
                ? Optional.empty()
                : Optional.of("ct_" + (1_000_000 + visitor % (visitors() / VISITORS_PER_CONTACT)));
    }

    private static boolean isNamed(int visitor) {
        return visitor % 3 == 1;
    }

    private int visitorOf(long session) {
        var random = new SplittableRandom(SESSION_SEED + session * 0x9E3779B97F4A7C15L);
        double at = random.nextDouble();
        return (int) (visitors() * at * at);
    }

    private static String domain(int page) {
        return DOMAINS.get(page % DOMAINS.size());
    }

    private static String id(String prefix, long bits) {
        String digits = Long.toUnsignedString(bits | 1L << 62, 36);
        return prefix + digits.substring(digits.length() - 12);
    }

    private static String pick(SplittableRandom random, List<String> words) {
        return words.get(skewed(random, words.size()));
    }

    private static int skewed(SplittableRandom random, int values) {
        double at = random.nextDouble();
        return (int) (values * at * at * at);
    }

    private static List<String> words(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(number -> prefix + number).toList();
    }
}
