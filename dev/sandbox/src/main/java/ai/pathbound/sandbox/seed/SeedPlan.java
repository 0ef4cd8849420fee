package ai.pathbound.sandbox.seed;

import java.time.Instant;

/// What to generate for one tenant.
///
/// @param anchor end of the generated history
public record SeedPlan(long seed,
        String tenant,
        int contacts,
        int companies,
        int events,
        Instant anchor) {
    /// Days of events before the anchor.
    public static final int DAYS = 90;

    /// The plan that [#toText] wrote.
    static SeedPlan ofText(String tenant, String text) {
        String[] words = text.split(" ", -1);
        return new SeedPlan(Long.parseLong(words[0]), tenant, Integer.parseInt(words[1]),
                Integer.parseInt(words[2]), Integer.parseInt(words[3]), Instant.parse(words[4]));
    }

    String toText() {
        return seed + " " + contacts + " " + companies + " " + events + " " + anchor;
    }

    /// Whether the plans differ in more than the time they were made.
    boolean asksForOther(SeedPlan kept) {
        return !equals(
                new SeedPlan(kept.seed, kept.tenant, kept.contacts, kept.companies, kept.events,
                        anchor));
    }

    String size() {
        return "%d contacts, %d companies, %d events, seed %d"
                .formatted(contacts, companies, events, seed);
    }

    /// Seed of everything this tenant has.
    long tenantSeed() {
        return Dice.mix(seed * 31 + tenant.hashCode());
    }
}
