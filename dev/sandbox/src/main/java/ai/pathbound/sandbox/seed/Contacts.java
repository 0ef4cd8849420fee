package ai.pathbound.sandbox.seed;

import ai.pathbound.sandbox.store.Change;
import ai.pathbound.schemas.change.Contact;
import ai.pathbound.schemas.change.FirstTouch;
import ai.pathbound.schemas.change.PropertyValue;
import ai.pathbound.schemas.topics.ChangeKey;
import ai.pathbound.schemas.topics.EntityKind;
import java.text.Normalizer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// Generated contacts. The n-th contact is the same however often asked.
final class Contacts {
    /// How the events of a contact find it.
    enum Identity {
        /// Its visitor id is known from the start; events carry the contact.
        KNOWN,
        /// Anonymous until a later version of the contact names the visitor.
        IDENTIFIES_LATER,
        /// Anonymous until a later version of the event names the contact.
        RELINKED
    }

    private static final int[] IDENTITY_WEIGHTS = {55, 30, 15};
    private static final List<String> SOURCES = List
            .of("tracker", "form", "hubspot", "intercom", "gmail", "import", "manual");

    private final SeedPlan plan;
    private final long seed;
    private final Companies companies;

    Contacts(SeedPlan plan, Companies companies) {
        this.plan = plan;
        this.companies = companies;
        seed = plan.tenantSeed();
    }

    String id(int number) {
        return Dice.id(seed, "ct_", number);
    }

    Identity identity(int number) {
        return Identity.values()[new Dice(seed, "identity", number).weighted(IDENTITY_WEIGHTS)];
    }

    /// The browser of a contact; some have two.
    String visitor(int number, int browser) {
        return Dice.id(seed, "vis_c", number * 2L + browser);
    }

    int browsers(int number) {
        return new Dice(seed, "browsers", number).chance(0.3) ? 2 : 1;
    }

    String email(int number) {
        var dice = new Dice(seed, "name", number);
        String local = ascii(dice.pick(Words.FIRST)) + "." + ascii(dice.pick(Words.LAST)) + number;
        return local + "@" + companies.domain(company(number));
    }

    /// Version 1.
    Change contact(int number) {
        Contact.Builder contact = person(number);
        contact.setVisitorIds(identity(number) == Identity.KNOWN ? visitors(number) : List.of());
        return change(number, 1, contact.getCreatedAt(), contact.build());
    }

    /// Version 2 of a contact that identifies later: its visitors become known.
    Change identified(int number) {
        Contact.Builder contact = person(number);
        Instant at = plan.anchor()
                .minusMillis(1 + new Dice(seed, "identified", number).below(86_400_000L));
        return change(
                number,
                2,
                at,
                contact.setVisitorIds(visitors(number)).setUpdatedAt(at).build());
    }

    private Change change(int number, long version, Instant at, Contact contact) {
        Map<String, PropertyValue> properties = contact.getProperties();
        return new Change(new ChangeKey(plan.tenant(), EntityKind.CONTACT, id(number)), version, at,
                contact.getCreationSource(),
                Json.from(properties, contact.getCreationSource(), contact.getCreatedAt()),
                contact);
    }

    private List<String> visitors(int number) {
        List<String> visitors = new ArrayList<>();
        for (int browser = 0; browser < browsers(number); browser++) {
            visitors.add(visitor(number, browser));
        }
        // A shared machine: the neighbour's browser is known for this contact too.
        if (number % 97 == 5) {
            visitors.add(visitor(number - 1, 0));
        }
        return visitors;
    }

    private int company(int number) {
        return new Dice(seed, "employer", number).zipf(plan.companies());
    }

    private Contact.Builder person(int number) {
        var dice = new Dice(seed, "contact", number);
        Instant created = plan.anchor()
                .minus(Duration.ofDays(dice.between(2, 300)))
                .plusMillis(dice.below(86_400_000L));
        boolean employed = dice.chance(0.9);
        String source = dice.pick(SOURCES);
        Map<String, PropertyValue> properties = properties(number, dice, employed, created);
        return Contact.newBuilder()
                .setProperties(properties)
                .setCompanyId(employed ? companies.id(company(number)) : null)
                .setSegmentIds(dice.chance(0.3) ? List.of("seg_" + dice.below(6)) : List.of())
                .setCreationSource(source)
                .setFirstTouch(dice.chance(0.7) ? touch(dice) : null)
                .setEnrichedAt(dice.chance(0.6) ? created.plusSeconds(90) : null)
                .setFirstSeenAt(created.minusSeconds(dice.below(3_600)))
                .setCreatedAt(created)
                .setUpdatedAt(created);
    }

    private Map<String, PropertyValue> properties(int number,
            Dice dice,
            boolean employed,
            Instant created) {
        var name = new Dice(seed, "name", number);
        Map<String, PropertyValue> properties = new TreeMap<>();
        properties.put("email", Json.value(email(number)));
        properties.put("firstname", Json.value(name.pick(Words.FIRST)));
        properties.put("lastname", Json.value(name.pick(Words.LAST)));
        properties.put("jobtitle", Json.value(dice.pick(Words.TITLES)));
        properties.put("lifecyclestage", Json.value(Companies.stage(dice)));
        properties.put("lead_status", Json.value(dice.pick(Words.LEAD_STATUS)));
        properties.put("createdate", Json.value(created.toString()));
        String[] place = dice.pick(Words.PLACES).split("\\|", -1);
        properties.put("country", Json.value(place[0]));
        properties.put("state", Json.value(place[1]));
        properties.put("city", Json.value(place[2]));
        if (employed) {
            properties.put("company", Json.value(companies.name(company(number))));
            properties.put("industry", Json.value(companies.industry(company(number))));
        }
        if (dice.chance(0.45)) {
            properties.put(
                    "linkedin",
                    Json.value("https://linkedin.com/in/" + email(number).split("@", -1)[0]));
        }
        custom(dice, properties);
        return properties;
    }

    private static void custom(Dice dice, Map<String, PropertyValue> properties) {
        if (dice.chance(0.5)) {
            properties.put("lead_score", Json.value((long) dice.below(100)));
        }
        if (dice.chance(0.4)) {
            properties.put("churn_risk", Json.value(Math.round(dice.real() * 1000) / 1000.0));
        }
        if (dice.chance(0.4)) {
            properties.put("newsletter", Json.value(dice.chance(0.6)));
        }
        if (dice.chance(0.2)) {
            properties
                    .put("interests", Json.list(List.of(dice.pick(Words.TOOLS), dice.below(9L))));
        }
        if (dice.chance(0.15)) {
            properties.put(
                    "preferences",
                    Json.object(
                            new TreeMap<>(
                                    Map.of(
                                            "color",
                                            dice.pick(Words.COLORS),
                                            "daily",
                                            dice.chance(0.5)))));
        }
        if (dice.chance(0.05)) {
            properties.put("former_plan", Json.value(null));
        }
    }

    private static FirstTouch touch(Dice dice) {
        String domain = Words.REFERRERS.get(dice.zipf(Words.REFERRERS.size()));
        Map<String, String> utms = new TreeMap<>();
        if (dice.chance(0.4)) {
            utms.put("utm_source", domain.equals("direct") ? "newsletter" : domain);
            utms.put("utm_medium", dice.chance(0.5) ? "cpc" : "email");
            utms.put("utm_campaign", dice.pick(Words.CAMPAIGNS));
        }
        return FirstTouch.newBuilder()
                .setReferrer(domain.equals("direct") ? null : "https://" + domain + "/")
                .setReferringDomain(domain)
                .setLandingPage("https://www.pathbound-demo.test" + dice.pick(Words.PATHS))
                .setUtms(utms)
                .build();
    }

    private static String ascii(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFD)
                .replaceAll("[^A-Za-z]", "")
                .toLowerCase(Locale.ROOT);
    }
}
