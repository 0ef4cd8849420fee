package ai.pathbound.sandbox.seed;

import ai.pathbound.sandbox.store.Change;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/// All changes of a plan, always the same ones in the same order.
///
/// Order: companies and their notes; contacts, notes and conversations; events day by day; then
/// contacts that identify late and events that are linked late. Memory holds one day of events.
public final class Generator {
    private static final int RELINKS_MAX = 5_000;
    private static final int[] HOUR_WEIGHTS = {2, 1, 1, 1, 2, 4, 9, 18, 30, 38, 40, 36, 30, 36, 42,
            40, 34, 26, 18, 14, 11, 8, 5, 3};
    private static final int WEEKDAY_WEIGHT = 100;
    private static final int WEEKEND_WEIGHT = 35;

    private final SeedPlan plan;
    private final Companies companies;
    private final Contacts contacts;
    private final Talks talks;
    private final Sessions sessions;

    public Generator(SeedPlan plan) {
        this.plan = plan;
        companies = new Companies(plan);
        contacts = new Contacts(plan, companies);
        talks = new Talks(plan, contacts);
        sessions = new Sessions(plan, contacts);
    }

    public void generate(Consumer<Change> sink) {
        for (int i = 0; i < plan.companies(); i++) {
            sink.accept(companies.company(i));
        }
        for (int i = 0; i < plan.companies(); i += 3) {
            sink.accept(companies.note(i, i));
        }
        for (int i = 0; i < plan.contacts(); i++) {
            sink.accept(contacts.contact(i));
        }
        for (int i = 0; i < plan.contacts(); i += 4) {
            sink.accept(talks.note(i, i));
        }
        for (int i = 0; i < plan.contacts(); i += 5) {
            talks.conversation(i, i).forEach(sink);
        }
        List<Change> relinks = events(sink);
        for (int i = 0; i < plan.contacts(); i++) {
            if (contacts.identity(i) == Contacts.Identity.IDENTIFIES_LATER) {
                sink.accept(contacts.identified(i));
            }
        }
        relinks.forEach(sink);
    }

    private List<Change> events(Consumer<Change> sink) {
        List<Change> relinks = new ArrayList<>();
        Instant first = plan.anchor().minus(Duration.ofDays(SeedPlan.DAYS));
        long total = 0;
        for (int day = 0; day < SeedPlan.DAYS; day++) {
            total += weight(first, day);
        }
        long session = 0;
        long before = 0;
        long passed = 0;
        for (int day = 0; day < SeedPlan.DAYS; day++) {
            passed += weight(first, day);
            long until = plan.events() * passed / total;
            List<Change> events = new ArrayList<>();
            while (events.size() < until - before) {
                int room = Math.toIntExact(until - before - events.size());
                List<Change> visit = sessions
                        .session(session, start(first, day, session), room);
                events.addAll(visit);
                if (relinks.size() < RELINKS_MAX) {
                    sessions.relinkTo(session)
                            .ifPresent(
                                    contact -> visit.forEach(
                                            event -> relinks
                                                    .add(sessions.relinked(event, contact))));
                }
                session++;
            }
            before = until;
            events.sort(Comparator.comparing(Change::occurredAt).thenComparing(Change::id));
            events.forEach(sink);
        }
        return relinks;
    }

    private Instant start(Instant first, int day, long session) {
        var dice = new Dice(plan.tenantSeed(), "start", session);
        // Visits begin early enough to end before the anchor.
        long millis = Math.min(
                dice.weighted(HOUR_WEIGHTS) * 3_600_000L + dice.below(3_600_000L),
                86_400_000L - 40 * 60_000L);
        return first.plus(Duration.ofDays(day)).plusMillis(millis);
    }

    private static int weight(Instant first, int day) {
        DayOfWeek weekday = first.plus(Duration.ofDays(day)).atZone(ZoneOffset.UTC).getDayOfWeek();
        return weekday == DayOfWeek.SATURDAY || weekday == DayOfWeek.SUNDAY
                ? WEEKEND_WEIGHT
                : WEEKDAY_WEIGHT;
    }
}
