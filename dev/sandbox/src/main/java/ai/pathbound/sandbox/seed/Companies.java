package ai.pathbound.sandbox.seed;

import ai.pathbound.sandbox.store.Change;
import ai.pathbound.schemas.change.Company;
import ai.pathbound.schemas.change.CompanyNote;
import ai.pathbound.schemas.change.PropertyValue;
import ai.pathbound.schemas.topics.ChangeKey;
import ai.pathbound.schemas.topics.EntityKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// Generated companies and the notes on them. The n-th company is the same however often asked.
final class Companies {
    private static final int[] SIZES = {8, 25, 60, 140, 350, 900, 2_500, 12_000};

    private final SeedPlan plan;
    private final long seed;

    Companies(SeedPlan plan) {
        this.plan = plan;
        seed = plan.tenantSeed();
    }

    String id(int number) {
        return Dice.id(seed, "co_", number);
    }

    String name(int number) {
        int starts = Words.NAME_START.size();
        int ends = Words.NAME_END.size();
        int combination = number % (starts * ends);
        String name = Words.NAME_START.get(combination % starts)
                + Words.NAME_END.get(combination / starts);
        int round = number / (starts * ends);
        return round == 0 ? name : name + " " + (round + 1);
    }

    String domain(int number) {
        return name(number).toLowerCase(Locale.ROOT).replace(" ", "-") + ".test";
    }

    String industry(int number) {
        return Words.INDUSTRIES
                .get(new Dice(seed, "industry", number).zipf(Words.INDUSTRIES.size()));
    }

    String place(int number) {
        return new Dice(seed, "place", number).pick(Words.PLACES);
    }

    Change company(int number) {
        var dice = new Dice(seed, "company", number);
        Instant created = plan.anchor()
                .minus(Duration.ofDays(dice.between(SeedPlan.DAYS, 500)))
                .plusMillis(dice.below(86_400_000L));
        Map<String, PropertyValue> properties = new TreeMap<>();
        properties.put("domain", Json.value(domain(number)));
        properties.put("name", Json.value(name(number)));
        properties.put("industry", Json.value(industry(number)));
        properties.put("country", Json.value(place(number).split("\\|", -1)[0]));
        long size = SIZES[dice.below(SIZES.length)] + (long) dice.below(7);
        properties.put("employee_count", Json.value(size));
        properties.put("lifecyclestage", Json.value(stage(dice)));
        if (dice.chance(0.5)) {
            properties.put("plan", Json.value(dice.pick(Words.PLANS)));
            properties.put("arr_eur", Json.value(Math.round(dice.real() * 9_000_000) / 100.0));
        }
        if (dice.chance(0.3)) {
            properties.put("tools", Json.list(List.of(dice.pick(Words.TOOLS), "email")));
        }
        if (dice.chance(0.2)) {
            properties.put("is_partner", Json.value(dice.chance(0.5)));
        }
        String source = dice.chance(0.6) ? "hubspot" : "api";
        return new Change(new ChangeKey(plan.tenant(), EntityKind.COMPANY, id(number)), 1, created,
                source, Json.from(properties, source, created),
                Company.newBuilder()
                        .setProperties(properties)
                        .setCreatedAt(created)
                        .setUpdatedAt(created)
                        .build());
    }

    Change note(int number, int company) {
        var dice = new Dice(seed, "company note", number);
        Instant at = plan.anchor().minusMillis(1 + dice.below(SeedPlan.DAYS * 86_400_000L));
        return new Change(
                new ChangeKey(plan.tenant(), EntityKind.COMPANY_NOTE,
                        Dice.id(seed, "note_co", number)),
                1, at, "api", Map.of(),
                CompanyNote.newBuilder()
                        .setCompanyId(id(company))
                        .setContent(dice.pick(Words.NOTES))
                        .setAuthorId("usr_" + plan.tenant())
                        .setAuthorName("Jo Admin")
                        .setCreatedAt(at)
                        .setUpdatedAt(at)
                        .build());
    }

    static String stage(Dice dice) {
        return Words.STAGES.get(dice.weighted(Words.STAGE_WEIGHTS));
    }
}
