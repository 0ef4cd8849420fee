package ai.pathbound.projector.tables;

import ai.pathbound.projector.columns.Dictionary;
import ai.pathbound.projector.columns.query.CodeMap;
import ai.pathbound.projector.columns.query.CodeSet;
import ai.pathbound.schemas.change.Contact;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What joins the tables: which contacts and companies exist, whose company a contact is of, and which
/// contacts claim a visitor. The rules are those for single entities: the oldest contact's claim
/// counts, of equally old ones the smallest id's; a company that does not exist is nobody's.
///
/// All of it by code, in arrays: there may be a million contacts.
final class JoinState {
    static final int[] NO_VISITORS = {};

    private final Dictionary contacts;
    private final Dictionary companies;
    private final Dictionary visitors;
    private final BitSet liveContacts = new BitSet();
    private final BitSet liveCompanies = new BitSet();
    /// By contact: the company it names, existing or not; when it was created; the visitors it claims.
    private int[] companyOf = new int[0];
    private long[] createdAt = new long[0];
    private int[][] visitorsOf = new int[0][];
    /// By visitor: the contact whose claim counts.
    private int[] claimants = new int[0];
    /// All who claim a visitor that several do.
    private final Map<Integer, List<Integer>> contested = new HashMap<>();
    private @Nullable Joins joins;

    JoinState(Dictionary contacts, Dictionary companies, Dictionary visitors) {
        this.contacts = contacts;
        this.companies = companies;
        this.visitors = visitors;
    }

    void putContact(String id, Contact contact) {
        String companyId = contact.getCompanyId();
        int company = companyId == null ? 0 : companies.add(companyId);
        int[] claimed = contact.getVisitorIds().isEmpty()
                ? NO_VISITORS
                : contact.getVisitorIds().stream().mapToInt(visitors::add).distinct().toArray();
        putContact(contacts.add(id), company, contact.getCreatedAt().toEpochMilli(), claimed);
    }

    /// Takes what a contact says, by code.
    ///
    /// @param company the company it names, 0 for none
    /// @param created when it was created, in milliseconds of the epoch
    void putContact(int code, int company, long created, int[] claimed) {
        makeRoom(code);
        if (liveContacts.get(code) && companyOf[code] == company && createdAt[code] == created
                && Arrays.equals(visitorsOf[code], claimed)) {
            return;
        }
        unclaim(code);
        liveContacts.set(code);
        companyOf[code] = company;
        createdAt[code] = created;
        visitorsOf[code] = claimed;
        for (int visitor : claimed) {
            claim(visitor, code);
        }
        joins = null;
    }

    private void makeRoom(int code) {
        int old = companyOf.length;
        if (code >= old) {
            int length = Math.max(code + 1, old + (old >> 1));
            companyOf = Arrays.copyOf(companyOf, length);
            createdAt = Arrays.copyOf(createdAt, length);
            visitorsOf = Arrays.copyOf(visitorsOf, length);
            Arrays.fill(visitorsOf, old, length, NO_VISITORS);
        }
    }

    void removeContact(String id) {
        int code = contacts.find(id);
        if (liveContacts.get(code)) {
            unclaim(code);
            liveContacts.clear(code);
            joins = null;
        }
    }

    private void claim(int visitor, int contact) {
        if (visitor >= claimants.length) {
            claimants = Arrays.copyOf(claimants,
                    Math.max(visitor + 1, claimants.length + (claimants.length >> 1)));
        }
        int before = claimants[visitor];
        if (before == 0) {
            claimants[visitor] = contact;
        } else {
            contested.computeIfAbsent(visitor, _ -> new ArrayList<>(List.of(before))).add(contact);
            claimants[visitor] = first(before, contact);
        }
    }

    private void unclaim(int contact) {
        for (int visitor : visitorsOf[contact]) {
            List<Integer> several = contested.get(visitor);
            if (several == null) {
                claimants[visitor] = 0;
            } else {
                several.removeIf(other -> other == contact);
                claimants[visitor] = several.stream().reduce(this::first).orElse(0);
                if (several.size() == 1) {
                    contested.remove(visitor);
                }
            }
        }
        visitorsOf[contact] = NO_VISITORS;
    }

    private int first(int one, int other) {
        int order = Long.compare(createdAt[one], createdAt[other]);
        return order < 0 || (order == 0 && contacts.compare(one, other) < 0) ? one : other;
    }

    void setCompany(String id, boolean exists) {
        setCompany(companies.add(id), exists);
    }

    void setCompany(int code, boolean exists) {
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
        int[] existing = new int[companyOf.length];
        for (int code = 0; code < existing.length; code++) {
            if (liveContacts.get(code) && liveCompanies.get(companyOf[code])) {
                existing[code] = companyOf[code];
            }
        }
        return new Joins(CodeSet.copyOf(liveContacts), new CodeMap(claimants.clone(), contacts),
                new CodeMap(existing, companies));
    }

    /// About how much memory this takes, the joins handed out included.
    long retainedBytes() {
        long visitorsBytes = 0;
        for (int[] some : visitorsOf) {
            visitorsBytes += 4 + (some.length == 0 ? 0 : 16 + 4L * some.length);
        }
        return 500 + 16L * companyOf.length + visitorsBytes + 8L * claimants.length
                + 120L * contested.size();
    }
}
