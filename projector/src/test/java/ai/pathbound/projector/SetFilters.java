package ai.pathbound.projector;

import ai.pathbound.projector.query.Question.CompanyFilter;
import ai.pathbound.projector.query.Question.ContactFilter;
import ai.pathbound.projector.query.Question.EventFilter;
import ai.pathbound.projector.query.Question.TimeRange;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/// Random filters of lists, most of them with one or two conditions.
final class SetFilters {
    static final ContactFilter ALL_CONTACTS = new ContactFilter(Optional.empty(), Optional.empty(),
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), TimeRange.ALL,
            Optional.empty());
    static final CompanyFilter ALL_COMPANIES = new CompanyFilter(Optional.empty(),
            Optional.empty(), Optional.empty());
    static final EventFilter ALL_EVENTS = new EventFilter(Optional.empty(), Optional.empty(),
            Optional.empty(), Optional.empty(), TimeRange.ALL, false, Optional.empty(),
            Optional.empty());

    private final Random random;

    SetFilters(Random random) {
        this.random = random;
    }

    ContactFilter contacts() {
        return new ContactFilter(flag(), some("LEAD", "customer", "nobody"), some("new", "OPEN"),
                some("spain", "France"), some("software", "Retail"), some("MADRID", "Paris"),
                some("m", "SE"), some("sales", "head of", "zzz"), flag(), some("co_0", "co_1"),
                range(), some("ana", "óscar", "company 2", "SALES", "@acme", "ct_1"), range());
    }

    CompanyFilter companies() {
        return new CompanyFilter(some("SOFTWARE", "retail"), some("Spain", "france"),
                some("company", "D.TEST", "ware", "3"), range());
    }

    EventFilter events() {
        return new EventFilter(some("page_view", "Page_View", "signup"), some("ct_0", "ct_3"),
                some("SHOP.acme.test", "www.acme.test"), some("cart", "ID=1", "/signup"), range(),
                random.nextInt(4) == 0, flag(), some("PAGE", "shop.", "zzz"));
    }

    TimeRange range() {
        return new TimeRange(time(), time());
    }

    private Optional<Instant> time() {
        return random.nextInt(6) == 0
                ? Optional.of(
                        Changes.START.plusSeconds(
                                random.nextInt(20) * 13L * 60L
                                        - (random.nextBoolean() ? 86_400 * 40L : 0)))
                : Optional.empty();
    }

    private Optional<Boolean> flag() {
        return random.nextInt(6) == 0 ? Optional.of(random.nextBoolean()) : Optional.empty();
    }

    Optional<String> some(String... texts) {
        return random.nextInt(6) == 0
                ? Optional.of(List.of(texts).get(random.nextInt(texts.length)))
                : Optional.empty();
    }
}
