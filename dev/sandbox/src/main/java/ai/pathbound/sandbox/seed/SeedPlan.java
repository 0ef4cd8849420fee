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

    /// Seed of everything this tenant has.
    long tenantSeed() {
        return Dice.mix(seed * 31 + tenant.hashCode());
    }
}
