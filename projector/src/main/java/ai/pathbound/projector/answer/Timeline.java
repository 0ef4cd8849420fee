package ai.pathbound.projector.answer;

import ai.pathbound.projector.query.Question.TimeRange;
import ai.pathbound.projector.state.Keys;
import ai.pathbound.projector.state.Keys.Owner;
import ai.pathbound.projector.state.TimelineEntry;
import ai.pathbound.schemas.change.Contact;
import ai.pathbound.schemas.topics.EntityKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// A contact's timeline: its own rows, those of the visitors it owns, and the milestones of its
/// profile, merged newest first.
///
/// Each source is one scan, newest first, so no more than a page of each can be on the page that is
/// asked for. Cost: a seek and a page of rows per source; when the total is wanted too, a step over
/// each key in the range.
final class Timeline {
    /// What a timeline is to show.
    ///
    /// @param after where the page before ended
    /// @param counted whether the total is wanted
    record Wanted(TimeRange range,
            Optional<Place> after,
            int limit,
            boolean eventsOnly,
            boolean counted) {}

    /// A place in the order: newest first; at the same instant by kind, then id.
    record Place(long millis, EntityKind kind, String id) implements Comparable<Place> {
        private static final Comparator<Place> ORDER = Comparator.comparingLong(Place::millis)
                .reversed()
                .thenComparing(Place::kind)
                .thenComparing(Place::id);

        @Override
        public int compareTo(Place other) {
            return ORDER.compare(this, other);
        }
    }

    /// One entry; the id of its place is the entity's. Its row is read when it is shown: some only
    /// want the ids.
    record Entry(Place place, Supplier<TimelineEntry> row) {
        Instant at() {
            return Instant.ofEpochMilli(place.millis());
        }
    }

    /// A page of entries.
    ///
    /// @param total entries in the range; only when it was wanted
    /// @param truncated whether more follow
    record Cut(List<Entry> entries, long total, boolean truncated) {}

    private final TenantData data;
    private final String contactId;
    private final Wanted wanted;
    private final List<Entry> entries = new ArrayList<>();
    private long total;

    private Timeline(TenantData data, String contactId, Wanted wanted) {
        this.data = data;
        this.contactId = contactId;
        this.wanted = wanted;
    }

    static Cut of(TenantData data, String contactId, Contact contact, Wanted wanted) {
        Timeline timeline = new Timeline(data, contactId, wanted);
        timeline.scan(Owner.CONTACT, contactId);
        for (String visitor : contact.getVisitorIds().stream().distinct().toList()) {
            if (data.claimant(visitor).filter(contactId::equals).isPresent()) {
                timeline.scan(Owner.VISITOR, visitor);
            }
        }
        if (!wanted.eventsOnly()) {
            timeline.milestones(contact);
        }
        return timeline.cut();
    }

    private void scan(Owner owner, String ownerId) {
        byte[] prefix = Keys.timeline(data.tenant(), owner, ownerId);
        byte[] from = wanted.range()
                .to()
                .map(Instant::toEpochMilli)
                .map(to -> Keys.timelineAt(data.tenant(), owner, ownerId, to - 1))
                .orElse(prefix);
        int[] kept = {0};
        data.snapshot().scan(prefix, from, (key, value) -> {
            Place place = new Place(Keys.timelineMillis(key, prefix),
                    Keys.timelineKind(key, prefix), Keys.timelineId(key, prefix));
            if (isTooOld(place)) {
                return false;
            }
            if (wanted.eventsOnly() && place.kind() != EntityKind.EVENT) {
                return true;
            }
            total++;
            if (isOnLaterPage(place) && kept[0] <= wanted.limit()) {
                entries.add(new Entry(place, () -> TimelineEntry.of(value)));
                kept[0]++;
            }
            return wanted.counted() || kept[0] <= wanted.limit();
        });
    }

    private boolean isTooOld(Place place) {
        return wanted.range()
                .from()
                .map(from -> place.millis() < from.toEpochMilli())
                .orElse(false);
    }

    private boolean isOnLaterPage(Place place) {
        return wanted.after().map(after -> place.compareTo(after) > 0).orElse(true);
    }

    private void milestones(Contact contact) {
        milestone(contact.getCreationSource(), contact.getCreatedAt(), "contact created");
        Instant enrichedAt = contact.getEnrichedAt();
        if (enrichedAt != null) {
            milestone("enrichment", enrichedAt, "profile enriched");
        }
    }

    private void milestone(String source, Instant at, String title) {
        // The title keeps two milestones of one instant apart.
        Place place = new Place(at.toEpochMilli(), EntityKind.CONTACT, contactId + '#' + title);
        boolean tooNew = wanted.range().to().map(to -> !at.isBefore(to)).orElse(false);
        if (tooNew || isTooOld(place)) {
            return;
        }
        total++;
        if (isOnLaterPage(place)) {
            TimelineEntry row = new TimelineEntry(source, "change", "", title);
            entries.add(new Entry(place, () -> row));
        }
    }

    private Cut cut() {
        entries.sort(Comparator.comparing(Entry::place));
        boolean truncated = entries.size() > wanted.limit();
        return new Cut(truncated ? entries.subList(0, wanted.limit()) : entries, total, truncated);
    }
}
