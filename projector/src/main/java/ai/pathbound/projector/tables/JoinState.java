package ai.pathbound.projector.tables;

import ai.pathbound.projector.columns.Dictionary;
import ai.pathbound.projector.columns.query.CodeMap;
import ai.pathbound.projector.columns.query.CodeSet;
import ai.pathbound.schemas.change.Contact;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What joins the tables: which contacts and companies exist, whose company a contact is of, and which
/// contacts claim a visitor. The rules are those for single entities: the oldest contact's claim
/// counts, of equally old ones the smallest id's; a company that does not exist is nobody's.
final class JoinState {
    private record Claim(long createdAt, String contact) implements Comparable<Claim> {
        private static final Comparator<Claim> ORDER = Comparator.comparingLong(Claim::createdAt)
                .thenComparing(Claim::contact);

        @Override
        public int compareTo(Claim other) {
            return ORDER.compare(this, other);
        }
    }

    /// What of a contact matters here.
    private record Facts(@Nullable String company, List<String> visitors, long createdAt) {}

    private final Dictionary contacts;
    private final Dictionary companies;
    private final Dictionary visitors;
    private final Map<String, Facts> facts = new HashMap<>();
    private final BitSet liveCompanies = new BitSet();
    private final Map<Integer, TreeSet<Claim>> claims = new HashMap<>();
    private @Nullable Joins joins;

    JoinState(Dictionary contacts, Dictionary companies, Dictionary visitors) {
        this.contacts = contacts;
        this.companies = companies;
        this.visitors = visitors;
    }

    void putContact(String id, Contact contact) {
        Facts now = new Facts(contact.getCompanyId(),
                contact.getVisitorIds().stream().distinct().toList(),
                contact.getCreatedAt().toEpochMilli());
        Facts before = facts.put(id, now);
        if (now.equals(before)) {
            return;
        }
        unclaim(id, before);
        for (String visitor : now.visitors()) {
            claims.computeIfAbsent(visitors.add(visitor), _ -> new TreeSet<>())
                    .add(new Claim(now.createdAt(), id));
        }
        joins = null;
    }

    void removeContact(String id) {
        Facts before = facts.remove(id);
        if (before != null) {
            unclaim(id, before);
            joins = null;
        }
    }

    private void unclaim(String id, @Nullable Facts before) {
        if (before == null) {
            return;
        }
        for (String visitor : before.visitors()) {
            claims.computeIfPresent(visitors.find(visitor), (_, all) -> {
                all.remove(new Claim(before.createdAt(), id));
                return all.isEmpty() ? null : all;
            });
        }
    }

    void setCompany(String id, boolean exists) {
        int code = companies.add(id);
        if (liveCompanies.get(code) != exists) {
            liveCompanies.set(code, exists);
            joins = null;
        }
    }

    /// The joins as they are now; the same instance until something changes.
    Joins joins() {
        Joins current = joins;
        if (current == null) {
            current = build();
            joins = current;
        }
        return current;
    }

    private Joins build() {
        BitSet live = new BitSet();
        int[] companyOf = new int[contacts.size() + 1];
        facts.forEach((id, fact) -> {
            int code = contacts.find(id);
            live.set(code);
            int company = fact.company() == null ? 0 : companies.find(fact.company());
            companyOf[code] = liveCompanies.get(company) ? company : 0;
        });
        int[] claimants = new int[visitors.size() + 1];
        claims.forEach(
                (visitor, all) -> claimants[visitor] = contacts.find(all.first().contact()));
        return new Joins(CodeSet.copyOf(live), new CodeMap(claimants, contacts),
                new CodeMap(companyOf, companies));
    }
}
