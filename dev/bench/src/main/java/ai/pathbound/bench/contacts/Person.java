package ai.pathbound.bench.contacts;

import java.util.List;
import java.util.SplittableRandom;

/// One contact of the fixture; follows from its number.
record Person(String id,
        String firstName,
        String lastName,
        String email,
        String company,
        String jobTitle,
        String country,
        String industry,
        String stage,
        long createdMillis) {
    private static final long SEED = 42;
    private static final long FIRST_MILLIS = 1_700_000_000_000L;
    private static final long SPAN_MILLIS = 300L * 86_400_000;
    private static final List<String> SYLLABLES = List.of("an",
            "bel",
            "cor",
            "dan",
            "el",
            "fer",
            "gar",
            "hol",
            "is",
            "jor",
            "kal",
            "lo",
            "mar",
            "ni",
            "ol",
            "per",
            "ri",
            "sen",
            "to",
            "vel");
    private static final List<String> TITLES = List.of("Account Executive",
            "Head of Marketing",
            "Software Engineer",
            "Chief Executive",
            "Data Analyst",
            "Product Manager",
            "Sales Director",
            "Consultant");
    private static final List<String> COUNTRIES = List.of("Spain",
            "France",
            "Germany",
            "Italy",
            "Portugal",
            "Sweden",
            "Poland",
            "Ireland",
            "Brazil",
            "Japan");
    private static final List<String> STAGES = List.of("lead",
            "subscriber",
            "customer",
            "opportunity");

    static Person of(int number) {
        var random = new SplittableRandom(SEED + number * 0x9E3779B97F4A7C15L);
        String first = name(random, 2);
        String last = name(random, 3);
        String company = name(random, 2) + " " + name(random, 1);
        return new Person("ct_" + (10_000_000 + number), first, last,
                first + "." + last + number + "@" + company.replace(' ', '-') + ".test", company,
                pick(random, TITLES) + " " + random.nextInt(40), pick(random, COUNTRIES),
                "industry " + random.nextInt(60), pick(random, STAGES),
                FIRST_MILLIS + random.nextLong(SPAN_MILLIS));
    }

    /// This contact with the other one's properties, but its own id and e-mail address.
    Person as(Person other) {
        return new Person(id, other.firstName, other.lastName, email, other.company, other.jobTitle,
                other.country, other.industry, other.stage, createdMillis);
    }

    private static String name(SplittableRandom random, int syllables) {
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < syllables; i++) {
            name.append(pick(random, SYLLABLES));
        }
        name.setCharAt(0, Character.toUpperCase(name.charAt(0)));
        return name.toString();
    }

    private static String pick(SplittableRandom random, List<String> words) {
        return words.get(random.nextInt(words.size()));
    }
}
