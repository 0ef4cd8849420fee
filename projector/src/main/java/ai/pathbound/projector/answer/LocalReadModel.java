package ai.pathbound.projector.answer;

import ai.pathbound.projector.columns.query.AbandonedException;
import ai.pathbound.projector.columns.query.Deadline;
import ai.pathbound.projector.columns.query.QueryEngine;
import ai.pathbound.projector.columns.query.TooManyGroupsException;
import ai.pathbound.projector.freshness.FreshnessTracker;
import ai.pathbound.projector.freshness.VersionWaiters;
import ai.pathbound.projector.query.Answer;
import ai.pathbound.projector.query.Freshness;
import ai.pathbound.projector.query.LocalReads;
import ai.pathbound.projector.query.Question;
import ai.pathbound.projector.query.Question.OfOne;
import ai.pathbound.projector.query.Question.OfSet;
import ai.pathbound.projector.query.ReadModel;
import ai.pathbound.projector.query.Terms;
import ai.pathbound.projector.query.WorkDone;
import ai.pathbound.projector.rocks.PartitionStore;
import ai.pathbound.projector.rocks.PartitionStores;
import ai.pathbound.projector.rocks.ReadCounts;
import ai.pathbound.projector.rocks.SnapshotRead;
import ai.pathbound.projector.state.Document;
import ai.pathbound.projector.state.Keys;
import ai.pathbound.projector.tables.CopyTables;
import ai.pathbound.projector.tables.PartitionTables;
import ai.pathbound.projector.tables.TenantView;
import ai.pathbound.schemas.topics.ChangeKey;
import ai.pathbound.schemas.topics.EntityKind;
import ai.pathbound.schemas.topics.TenantPartitioner;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Answers from the partitions of this process, each question from one snapshot; as a [ReadModel] from
/// those it owns.
public final class LocalReadModel implements ReadModel, LocalReads {
    /// Restores take seconds; asking more often is of no use.
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
    /// How long a question waits for tables that are being filled.
    private static final Duration FILLED_WITHIN = Duration.ofSeconds(3);

    private final PartitionStores stores;
    private final PartitionTables tables;
    private final CopyTables copies;
    private final QueryEngine engine;
    private final int partitions;
    private final FreshnessTracker tracker;
    private final VersionWaiters waiters;
    private final BooleanSupplier stopped;
    private final LongAdder parts = new LongAdder();
    private final LongAdder scanned = new LongAdder();

    /// A read model over these stores and tables.
    ///
    /// @param partitions partition count of each change topic
    public LocalReadModel(PartitionStores stores,
            PartitionTables tables,
            CopyTables copies,
            QueryEngine engine,
            int partitions,
            FreshnessTracker tracker,
            VersionWaiters waiters) {
        this(stores, tables, copies, engine, partitions, tracker, waiters, () -> false);
    }

    /// As above, of a projector that can stop for good.
    public LocalReadModel(PartitionStores stores,
            PartitionTables tables,
            CopyTables copies,
            QueryEngine engine,
            int partitions,
            FreshnessTracker tracker,
            VersionWaiters waiters,
            BooleanSupplier stopped) {
        this.stopped = stopped;
        this.stores = stores;
        this.tables = tables;
        this.copies = copies;
        this.engine = engine;
        this.partitions = partitions;
        this.tracker = tracker;
        this.waiters = waiters;
    }

    @Override
    public Answer ask(String tenant, Question question) {
        return ask(tenant, question, Terms.ofOwner())
                .orElseGet(
                        () -> isStopped()
                                ? new Answer.Stopped()
                                : new Answer.Rebuilding(RETRY_AFTER));
    }

    @Override
    public boolean isStopped() {
        return stopped.getAsBoolean();
    }

    @Override
    public Optional<Answer> ask(String tenant, Question question, Terms terms) {
        int partition = partition(tenant);
        if (isStopped()) {
            return Optional.empty();
        }
        long begin = System.nanoTime();
        Optional<Answer> owned = owned(partition, tenant, question, terms);
        Optional<Answer> answer = owned.isPresent()
                ? owned
                : terms.staleAtMost()
                        .flatMap(bound -> copied(partition, tenant, question, bound, terms));
        return answer.map(made -> aged(made, Duration.ofNanos(System.nanoTime() - begin)));
    }

    /// Tables may have been waited for: the age is that of the moment when the answer is there.
    private static Answer aged(Answer answer, Duration elapsed) {
        return switch (answer) {
            case Answer.Found found ->
                new Answer.Found(found.json(), found.freshness().later(elapsed));
            case Answer.NotFound absent -> new Answer.NotFound(absent.kind(), absent.id(),
                    absent.freshness().later(elapsed));
            case Answer.Invalid _,Answer.TooLarge _,Answer.Rebuilding _,Answer.Stopped _ -> answer;
        };
    }

    @Override
    public boolean owns(String tenant) {
        return tracker.freshness(partition(tenant)).isPresent();
    }

    private int partition(String tenant) {
        if (!ChangeKey.isTenant(tenant)) {
            throw new IllegalArgumentException("not a tenant: '" + tenant + "'");
        }
        return TenantPartitioner.partition(tenant, partitions);
    }

    private Optional<Answer> owned(int partition,
            String tenant,
            Question question,
            Terms terms) {
        Optional<PartitionStore> store = stores.of(partition);
        if (store.isEmpty()) {
            return Optional.empty();
        }
        Object opening = store.get().opening();
        Optional<Freshness> now = tracker.freshness(partition);
        if (now.isEmpty()) {
            return Optional.empty();
        }
        return switch (question) {
            case OfOne one -> store.get()
                    .read(
                            opening,
                            snapshot -> answer(new TenantData(snapshot, tenant), one, now.get()));
            case OfSet set -> tables.view(partition, tenant, shorter(FILLED_WITHIN, terms.within()))
                    .flatMap(
                            view -> answer(
                                    new Opened(store.get(), opening),
                                    view,
                                    tenant,
                                    set,
                                    now.get(),
                                    terms));
        };
    }

    private Optional<Answer> copied(int partition,
            String tenant,
            Question question,
            Duration staleAtMost,
            Terms terms) {
        Optional<PartitionStore> store = stores.of(partition);
        if (store.isEmpty()) {
            return Optional.empty();
        }
        Object opening = store.get().opening();
        Supplier<Optional<Freshness>> fresh = () -> tracker.copyFreshness(partition, opening)
                .filter(_ -> opening.equals(store.get().opening()))
                .filter(now -> now.lagMillis() <= staleAtMost.toMillis());
        Optional<Freshness> now = fresh.get();
        if (now.isEmpty()) {
            return Optional.empty();
        }
        return switch (question) {
            case OfOne one -> store.get()
                    .read(
                            opening,
                            snapshot -> answer(new TenantData(snapshot, tenant), one, now.get()));
            case OfSet set -> copies
                    .view(
                            partition,
                            tenant,
                            store.get(),
                            fresh,
                            staleAtMost,
                            shorter(FILLED_WITHIN, terms.within()))
                    .flatMap(
                            filled -> answer(
                                    new Opened(store.get(), opening),
                                    filled.view(),
                                    tenant,
                                    set,
                                    filled.freshness(),
                                    terms));
        };
    }

    /// A store as it was when its freshness was looked at, which is before each snapshot is taken: the
    /// snapshot then holds at least what the freshness promises.
    private record Opened(PartitionStore store, Object opening) {
        Optional<Answer> read(SnapshotRead<Answer> read) {
            return store.read(opening, read);
        }
    }

    private Optional<Answer> answer(Opened store,
            TenantView view,
            String tenant,
            OfSet question,
            Freshness freshness,
            Terms terms) {
        Deadline deadline = Deadline.untilInterrupted(terms.within());
        try {
            return store.read(
                    snapshot -> answer(
                            new SetQuery(engine, view, new TenantData(snapshot, tenant), freshness,
                                    deadline),
                            question));
        } finally {
            parts.add(deadline.effort().parts());
            scanned.add(deadline.effort().rows());
        }
    }

    /// What answering has taken so far.
    public WorkDone workDone() {
        ReadCounts reads = stores.readCounts();
        return new WorkDone(reads.gets(), reads.scans(), reads.rows(), parts.sum(), scanned.sum());
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static Answer answer(TenantData data, OfOne question, Freshness freshness) {
        return switch (question) {
            case Question.GetContact get -> new ContactAnswers(data, freshness).get(get);
            case Question.ContactTimeline timeline ->
                new ContactAnswers(data, freshness).timeline(timeline);
            case Question.ContactConversations list ->
                new ConversationAnswers(data, freshness).conversations(list);
            case Question.ContactEmailThreads list ->
                new ConversationAnswers(data, freshness).emailThreads(list);
            case Question.ContactNotes notes -> Notes
                    .list(data, EntityKind.CONTACT, notes.contactId(), notes.page(), freshness);
            case Question.CompanyNotes notes -> Notes
                    .list(data, EntityKind.COMPANY, notes.companyId(), notes.page(), freshness);
            case Question.GetCompany get -> new CompanyAnswers(data, freshness).get(get);
            case Question.GetEvent get -> new EventAnswers(data, freshness).get(get);
            case Question.BatchDetails details ->
                new BatchAnswers(data, freshness).details(details);
            case Question.BatchActivity activity ->
                new BatchAnswers(data, freshness).activity(activity);
        };
    }

    private static Answer answer(SetQuery query, OfSet question) {
        try {
            return switch (question) {
                case Question.ListContacts list -> new Lists(query).contacts(list);
                case Question.ListCompanies list -> new Lists(query).companies(list);
                case Question.ListEvents list -> new Lists(query).events(list);
                case Question.Outline _ -> Outlines.outline(query);
                case Question.Version version -> Outlines.version(query, version);
                case Question.EventTypes _ -> new EventNumbers(query).types();
                case Question.EventStats stats -> new EventNumbers(query).stats(stats);
                case Question.Aggregate aggregate ->
                    new AggregateAnswers(query, aggregate).answer();
            };
        } catch (AbandonedException e) {
            return new Answer.TooLarge(
                    "The question took longer than it may. Narrow the time range or the filters.");
        } catch (TooManyGroupsException e) {
            return new Answer.TooLarge("The question has too many groups. Group by fewer fields, or"
                    + " by fields with fewer values, or narrow the filters.");
        }
    }

    @Override
    public boolean awaitVersion(ChangeKey key, long version, Duration atMost)
            throws InterruptedException {
        try (VersionWaiters.Waiter waiter = waiters.expect(key, version)) {
            return isReadable(key, version) || waiter.await(atMost);
        }
    }

    @Override
    public Optional<Boolean> await(ChangeKey key, long version, Duration atMost)
            throws InterruptedException {
        return owns(key.tenant())
                ? Optional.of(awaitVersion(key, version, atMost))
                : Optional.empty();
    }

    private boolean isReadable(ChangeKey key, long version) {
        return stores.of(TenantPartitioner.partition(key.tenant(), partitions))
                .flatMap(
                        store -> store.read(
                                snapshot -> Optional
                                        .ofNullable(Document.of(snapshot.get(Keys.document(key))))))
                .flatMap(document -> document)
                .map(document -> document.isDeleted() || document.version() >= version)
                .orElse(false);
    }
}
