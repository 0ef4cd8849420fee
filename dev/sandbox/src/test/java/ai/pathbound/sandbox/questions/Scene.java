package ai.pathbound.sandbox.questions;

import ai.pathbound.sandbox.questions.Book.Deed;
import ai.pathbound.sandbox.questions.Book.Firm;
import ai.pathbound.sandbox.questions.Book.Person;
import ai.pathbound.sandbox.questions.Book.Talk;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// When the questions are asked, and the people and companies they are about. It is a Friday morning:
/// the history ends at midnight.
record Scene(Book book,
        Person busiest,
        Person talker,
        Firm firm,
        Talk mail) {
    static final String NOW = "2026-06-12T10:00:00Z";
    static final String TODAY = "2026-06-12";
    static final String YESTERDAY = "2026-06-11";
    static final String MONDAY = "2026-06-08";
    static final String LAST_WEEK = "2026-06-01";
    static final String MONTH_AGO = "2026-05-13";

    static Scene of(Book book) {
        Map<String, Long> events = count(
                book.events().stream().filter(within(MONDAY, TODAY)),
                event -> event.person().orElse(Read.NONE));
        Person busiest = book.people()
                .stream()
                .max(Comparator.comparing((Person p) -> events.getOrDefault(p.id(), 0L))
                        .thenComparing(Person::id))
                .orElseThrow();
        Talk talk = book.talks()
                .stream()
                .filter(t -> t.is().getChannel().equals("gmail"))
                .max(Comparator.comparing(t -> t.is().getLastMessageAt()))
                .orElseThrow();
        Map<String, Long> staff = count(
                book.people().stream().filter(p -> p.is().getCompanyId() != null),
                p -> String.valueOf(p.is().getCompanyId()));
        String firm = staff.entrySet()
                .stream()
                .filter(entry -> entry.getValue() <= 6)
                .filter(
                        entry -> book.notes()
                                .stream()
                                .anyMatch(note -> note.owner().equals(entry.getKey())))
                .max(Map.Entry.<String, Long>comparingByValue().thenComparing(Map.Entry::getKey))
                .orElseThrow()
                .getKey();
        return new Scene(book, busiest, book.person(talk.person()), book.firm(firm), talk);
    }

    /// Midnight (UTC) of a day.
    static Instant at(String day) {
        return Instant.parse(day + "T00:00:00Z");
    }

    static Predicate<Deed> within(String from, String to) {
        return event -> event.within(at(from), at(to));
    }

    static Predicate<Deed> since(String from) {
        return within(from, "2100-01-01");
    }

    Stream<Deed> events(Predicate<Deed> which) {
        return book.events().stream().filter(which);
    }

    Stream<Person> people(Predicate<Person> which) {
        return book.people().stream().filter(which);
    }

    Stream<Deed> eventsOf(Person person) {
        return events(event -> event.person().filter(person.id()::equals).isPresent());
    }

    static <T> Map<String, Long> count(Stream<T> items, Function<T, String> by) {
        return items.collect(Collectors.groupingBy(by, TreeMap::new, Collectors.counting()));
    }

    static <T> Map<String, Double> sum(Stream<T> items,
            Function<T, String> by,
            Function<T, Object> number) {
        return items.collect(
                Collectors.groupingBy(
                        by,
                        TreeMap::new,
                        Collectors.summingDouble(
                                item -> ((Number) number.apply(item)).doubleValue())));
    }

    /// How many different ones each group has.
    static <T> Map<String, Long> distinct(Stream<T> items,
            Function<T, String> by,
            Function<T, Object> what) {
        return items.collect(
                Collectors.groupingBy(
                        by,
                        TreeMap::new,
                        Collectors.collectingAndThen(
                                Collectors.mapping(what, Collectors.toSet()),
                                set -> (long) set.size())));
    }

    /// The greatest first, as [Read#groups] reads them; ties in the order of keys.
    static java.util.List<String> top(Map<String, Long> counts, int limit) {
        return counts.entrySet()
                .stream()
                .sorted(
                        Map.Entry.<String, Long>comparingByValue()
                                .reversed()
                                .thenComparing(Map.Entry::getKey))
                .limit(limit)
                .map(entry -> entry.getKey() + "=" + Read.number(entry.getValue()))
                .toList();
    }
}
