package ai.pathbound.projector;

import ai.pathbound.schemas.change.Company;
import ai.pathbound.schemas.change.Contact;
import ai.pathbound.schemas.change.Event;
import ai.pathbound.schemas.change.FirstTouch;
import ai.pathbound.schemas.change.PropertyValue;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// Random contents: few values, each of them missing now and then, and some fields that hold a number
/// here and a text there.
final class GeneratedBodies {
    private static final List<String> CITIES = List.of("Madrid", "madrid", "Sevilla", "Paris");
    private static final List<String> INDUSTRIES = List.of("Software", "software", "Retail");

    private GeneratedBodies() {}

    static Contact contact(Random random,
            String id,
            @Nullable String company,
            Instant createdAt,
            List<String> visitors) {
        Map<String, Object> properties = new HashMap<>();
        properties.put("email", id + "@acme.test");
        properties.put("country", random.nextBoolean() ? "Spain" : "France");
        properties.put("score", score(random));
        maybe(random, properties, "city", one(random, CITIES));
        maybe(random, properties, "state", one(random, List.of("M", "SE")));
        maybe(random, properties, "industry", one(random, INDUSTRIES));
        maybe(random, properties, "firstname", one(random, List.of("Ana", "ana", "Óscar", "")));
        maybe(random, properties, "lastname", one(random, List.of("Ruiz", "Zapata", "abad")));
        maybe(random, properties, "company", "Company " + random.nextInt(4));
        maybe(random, properties, "jobtitle", one(random, List.of("Head of Sales", "SALES rep")));
        maybe(random, properties, "lifecyclestage", one(random, List.of("lead", "Customer")));
        maybe(random, properties, "lead_status", one(random, List.of("new", "open")));
        maybe(random, properties, "vip", random.nextBoolean());
        maybe(random, properties, "renewal_at", one(random, List.of("soon", "2026-06-01")));
        maybe(random, properties, "tags", List.of(new PropertyValue("a"), new PropertyValue(1L)));
        if (random.nextInt(4) == 0) {
            properties.put("linkedin", "https://linkedin.test/" + id);
        }
        Contact.Builder contact = Contact.newBuilder()
                .setProperties(Changes.properties(properties))
                .setCompanyId(company)
                .setVisitorIds(visitors)
                .setCreationSource(one(random, List.of("manual", "form")))
                .setCreatedAt(createdAt)
                .setUpdatedAt(createdAt);
        if (random.nextBoolean()) {
            contact.setEnrichedAt(createdAt.plusSeconds(random.nextInt(3)));
        }
        if (random.nextBoolean()) {
            contact.setSegmentIds(List.of("seg_" + random.nextInt(3), "seg_9"));
        }
        if (random.nextBoolean()) {
            contact.setFirstTouch(
                    FirstTouch.newBuilder()
                            .setReferringDomain("direct")
                            .setUtms(Map.of("utm_source", one(random, List.of("x", "y"))))
                            .build());
        }
        return contact.build();
    }

    /// A text in one contact, a number in another; the text "7" is not the number 7.
    private static Object score(Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> "seven";
            case 1 -> "7";
            case 2 -> 7.0;
            case 3 -> 2.5;
            case 4 -> -3L;
            default -> 7L;
        };
    }

    static Company company(Random random, Instant at) {
        Map<String, Object> properties = new HashMap<>();
        maybe(random, properties, "name", "Company " + random.nextInt(5));
        properties.put("domain", one(random, List.of("d.test", "D.test", "e.test")));
        maybe(random, properties, "industry", one(random, INDUSTRIES));
        maybe(random, properties, "country", one(random, List.of("Spain", "spain", "France")));
        maybe(random, properties, "employee_count", (Object) (long) random.nextInt(4));
        return Changes.company(properties, at);
    }

    static Event event(Random random,
            Instant at,
            @Nullable String contact,
            @Nullable String visitor) {
        Map<String, Object> data = new HashMap<>();
        data.put("title", "Page " + random.nextInt(3));
        maybe(random, data, "amount", amount(random));
        maybe(random, data, "plan", random.nextBoolean() ? (Object) 5L : "5");
        maybe(random,
                data,
                "utmParams",
                Map.of(
                        "utm_source",
                        new PropertyValue(one(random, List.of("ads", "mail"))),
                        "other",
                        new PropertyValue("z")));
        String name = random.nextBoolean() ? "page_view" : "signup";
        Event.Builder event = Event.newBuilder()
                .setName(name)
                .setTimestamp(at)
                .setContactId(contact)
                .setVisitorId(visitor)
                .setUrl("https://www.acme.test/" + name)
                .setDomain("www.acme.test")
                .setData(Changes.properties(data))
                .setIsBot(random.nextInt(4) == 0)
                .setBrowser(random.nextInt(3) == 0 ? null : one(random, List.of("Safari", "Edge")))
                .setSessionId(random.nextBoolean() ? "s_" + random.nextInt(4) : null);
        if (random.nextInt(3) == 0) {
            event.setUrl(null).setDomain(random.nextBoolean() ? "Shop.Acme.test" : null);
        } else if (random.nextInt(3) == 0) {
            event.setUrl("https://shop.acme.test/Cart?id=" + random.nextInt(3))
                    .setDomain("shop.acme.test");
        }
        return event.build();
    }

    private static Object amount(Random random) {
        // Quarters add up without rounding, whatever the order.
        return random.nextBoolean()
                ? (Object) (long) random.nextInt(5)
                : (Object) (random.nextInt(40) / 4.0 - 3);
    }

    private static void maybe(Random random, Map<String, Object> to, String name, Object value) {
        if (random.nextInt(4) != 0) {
            to.put(name, value);
        }
    }

    private static String one(Random random, List<String> of) {
        return of.get(random.nextInt(of.size()));
    }
}
