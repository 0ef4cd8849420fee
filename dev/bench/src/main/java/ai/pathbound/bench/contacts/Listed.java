package ai.pathbound.bench.contacts;

import ai.pathbound.projector.columns.query.Filter;
import ai.pathbound.projector.columns.query.Operand;
import ai.pathbound.projector.columns.query.PageQuery;
import ai.pathbound.projector.tables.ColumnNames;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// One list, as a question and as what it means.
///
/// @param passes what the filter means
/// @param sortedBy text the list is sorted by, without regard to case; ids decide between equal ones
/// @param millisMax what the list may take
record Listed(String name,
        PageQuery query,
        Predicate<Person> passes,
        Function<Person, String> sortedBy,
        double millisMax) {
    static final double SEARCH_MILLIS_MAX = 30;
    private static final double MILLIS_MAX = 10;
    private static final int PAGE = 100;

    static List<Listed> all() {
        Filter stage = new Filter.All(
                List.of(
                        Filter.equalIgnoringCase(ContactTable.property("country"), "spain"),
                        Filter.equalIgnoringCase(
                                ContactTable.property("lifecyclestage"),
                                "customer")));
        Predicate<Person> isSpanishCustomer = person -> person.country().equals("Spain")
                && person.stage().equals("customer");
        return List.of(
                new Listed("2 filters, by last name, page 1", query(stage, "lastname", 1),
                        isSpanishCustomer, Person::lastName, MILLIS_MAX),
                new Listed("2 filters, by last name, page 50", query(stage, "lastname", 50),
                        isSpanishCustomer, Person::lastName, MILLIS_MAX),
                new Listed("no filter, by e-mail, page 1", query(Filter.EVERYTHING, "email", 1),
                        _ -> true, Person::email, MILLIS_MAX),
                new Listed("no filter, by e-mail, page 50", query(Filter.EVERYTHING, "email", 50),
                        _ -> true, Person::email, MILLIS_MAX),
                search("search of a frequent part", "mar", 1),
                search("search of a rare part", "777@bel", 1));
    }

    private static Listed search(String name, String part, int page) {
        List<String> fields = List.of("firstname", "lastname", "email", "company", "jobtitle");
        Filter anywhere = new Filter.Any(
                fields.stream()
                        .<Filter>map(
                                field -> new Filter.Contains(
                                        Operand.field(ContactTable.property(field)), part))
                        .toList());
        return new Listed(name + ", by last name", query(anywhere, "lastname", page),
                person -> Stream
                        .of(
                                person.firstName(),
                                person.lastName(),
                                person.email(),
                                person.company(),
                                person.jobTitle())
                        .anyMatch(text -> lower(text).contains(part)),
                Person::lastName, SEARCH_MILLIS_MAX);
    }

    /// The first page of what has a part anywhere.
    static Listed searchOf(String part) {
        return search("search of " + part, part, 1);
    }

    private static PageQuery query(Filter filter, String field, int page) {
        return new PageQuery(filter,
                List.of(
                        PageQuery.Sort.by(ContactTable.property(field), false),
                        PageQuery.Sort.exactlyBy(ColumnNames.CONTACT_ID, false)),
                (page - 1) * PAGE, PAGE);
    }

    /// The ids of the page and how many pass, found the slow way.
    List<String> expected(People people) {
        List<Person> passing = people.stream()
                .filter(passes)
                .sorted(
                        Comparator.comparing((Person person) -> lower(sortedBy.apply(person)))
                                .thenComparing(Person::id))
                .toList();
        int from = Math.min(passing.size(), query.offset());
        int to = Math.min(passing.size(), from + query.limit());
        return Stream.concat(
                passing.subList(from, to).stream().map(Person::id),
                Stream.of(passing.size() + " in all")).toList();
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
