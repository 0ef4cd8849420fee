package ai.pathbound.projector;

import ai.pathbound.schemas.change.Deleted;
import ai.pathbound.schemas.topics.ChangeKey;
import ai.pathbound.schemas.topics.EntityKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A random history of one tenant: few ids, so that updates, re-links, competing claims and deletes
/// of used things happen all the time.
final class GeneratedHistory {
    static final String TENANT = "acme";
    private static final int IDS = 12;
    private static final List<Instant> BASES = List.of(
            Changes.START,
            Instant.parse("2026-03-28T22:30:00Z"),
            Instant.parse("2026-10-24T22:30:00Z"));

    /// One change; a tombstone is a delete that says nothing more.
    record Step(ChangeKey key, long version, Object body, boolean tombstone) {
        boolean isDelete() {
            return body instanceof Deleted;
        }

        byte @Nullable [] value() {
            return tombstone ? null : Changes.encode(key, version, body);
        }
    }

    private final Random random;
    private final int ids;
    private final Map<ChangeKey, Long> versions = new HashMap<>();
    private final Set<ChangeKey> deleted = new LinkedHashSet<>();
    private final Map<String, Instant> createdAt = new HashMap<>();
    private final Map<String, String> owners = new HashMap<>();
    private final List<Step> steps = new ArrayList<>();

    private GeneratedHistory(long seed, int ids) {
        random = new Random(seed);
        this.ids = ids;
    }

    static List<Step> of(long seed, int changes) {
        return of(seed, changes, IDS);
    }

    /// @param ids how many contacts and visitors there are; of the other kinds there are more or fewer
    ///     in proportion
    static List<Step> of(long seed, int changes, int ids) {
        GeneratedHistory history = new GeneratedHistory(seed, ids);
        while (history.steps.size() < changes) {
            history.step();
        }
        return history.steps;
    }

    /// The same changes as a bad day delivers them: any order, some of them twice.
    static List<Step> shuffled(List<Step> steps, long seed) {
        Random random = new Random(seed);
        List<Step> delivered = new ArrayList<>(steps);
        for (Step step : steps) {
            if (random.nextInt(4) == 0) {
                delivered.add(step);
            }
        }
        java.util.Collections.shuffle(delivered, random);
        return delivered;
    }

    private void step() {
        int dice = random.nextInt(100);
        if (dice < 40) {
            change(EntityKind.EVENT, "evt_" + random.nextInt(ids * 8), () -> event());
        } else if (dice < 60) {
            String id = contactId();
            change(EntityKind.CONTACT, id, () -> contact(id));
        } else if (dice < 70) {
            change(
                    EntityKind.COMPANY,
                    companyId(),
                    () -> GeneratedBodies.company(random, time()));
        } else if (dice < 80) {
            String id = "note_" + random.nextInt(ids * 2);
            String owner = owner(id, contactId());
            change(EntityKind.CONTACT_NOTE,
                    id,
                    () -> Changes.note(owner, "Said so", createdAt(id)));
        } else if (dice < 85) {
            String id = "conote_" + random.nextInt(ids);
            String owner = owner(id, companyId());
            change(
                    EntityKind.COMPANY_NOTE,
                    id,
                    () -> Changes.companyNote(owner, "Big one", createdAt(id)));
        } else if (dice < 93) {
            String conversation = "conv_" + random.nextInt(ids);
            String owner = owner(conversation, contactId());
            change(
                    EntityKind.CONVERSATION,
                    conversation,
                    () -> Changes
                            .conversation(owner, channel(conversation), createdAt(conversation)));
            String message = "msg_" + conversation + "_" + random.nextInt(3);
            change(
                    EntityKind.MESSAGE,
                    message,
                    () -> Changes.message(
                            conversation,
                            owner,
                            channel(conversation),
                            createdAt(message)));
        } else {
            delete();
        }
    }

    private void delete() {
        ChangeKey key = switch (random.nextInt(6)) {
            case 0 -> key(EntityKind.CONTACT, contactId());
            case 1 -> key(EntityKind.COMPANY, companyId());
            case 2 -> key(EntityKind.CONTACT_NOTE, "note_" + random.nextInt(ids * 2));
            case 3 -> key(EntityKind.CONVERSATION, "conv_" + random.nextInt(ids));
            default -> key(EntityKind.EVENT, "evt_" + random.nextInt(ids * 8));
        };
        // Ids are never used again.
        if (deleted.add(key)) {
            steps.add(new Step(key, next(key), new Deleted(), random.nextInt(5) == 0));
        }
    }

    private void change(EntityKind kind, String id, java.util.function.Supplier<Object> body) {
        ChangeKey key = key(kind, id);
        if (!deleted.contains(key)) {
            steps.add(new Step(key, next(key), body.get(), false));
        }
    }

    private long next(ChangeKey key) {
        // Gaps are normal.
        return versions.merge(key, 1L + random.nextInt(2), Long::sum);
    }

    private Object contact(String id) {
        List<String> visitors = new ArrayList<>();
        while (random.nextInt(3) == 0) {
            visitors.add(visitorId());
        }
        return GeneratedBodies.contact(
                random,
                id,
                random.nextInt(3) == 0 ? null : companyId(),
                createdAt(id),
                visitors);
    }

    private Object event() {
        boolean linked = random.nextInt(3) == 0;
        boolean tracked = random.nextInt(10) != 0;
        return GeneratedBodies.event(
                random,
                time(),
                linked ? contactId() : null,
                tracked ? visitorId() : null);
    }

    private String owner(String id, String candidate) {
        return owners.computeIfAbsent(id, _ -> candidate);
    }

    private Instant createdAt(String id) {
        return createdAt.computeIfAbsent(id, _ -> time());
    }

    private Instant time() {
        // Few instants, so that ties are common; some around the hours when Madrid's clocks change.
        Instant base = BASES.get(random.nextInt(BASES.size()));
        return base.plusSeconds(random.nextInt(20) * 13L * 60L);
    }

    private static String channel(String conversation) {
        return conversation.hashCode() % 2 == 0 ? "gmail" : "intercom";
    }

    private static ChangeKey key(EntityKind kind, String id) {
        return new ChangeKey(TENANT, kind, id);
    }

    private String contactId() {
        int number = random.nextInt(ids);
        // Ids are what they are: two may differ in case only.
        return (random.nextInt(10) == 0 ? "CT_" : "ct_") + number;
    }

    private String companyId() {
        return "co_" + random.nextInt(ids / 2);
    }

    private String visitorId() {
        return "vis_" + random.nextInt(ids);
    }
}
