package ai.pathbound.projector.answer;

import ai.pathbound.projector.columns.query.AbandonedException;
import ai.pathbound.projector.columns.query.Deadline;
import ai.pathbound.projector.columns.query.QueryEngine;
import ai.pathbound.projector.columns.query.TooManyGroupsException;
import ai.pathbound.projector.freshness.FreshnessTracker;
import ai.pathbound.projector.freshness.VersionWaiters;
import ai.pathbound.projector.query.Answer;
import ai.pathbound.projector.query.Freshness;
import ai.pathbound.projector.query.Question;
import ai.pathbound.projector.query.Question.OfOne;
import ai.pathbound.projector.query.Question.OfSet;
import ai.pathbound.projector.query.ReadModel;
import ai.pathbound.projector.rocks.PartitionStore;
import ai.pathbound.projector.rocks.PartitionStores;
import ai.pathbound.projector.state.Document;
import ai.pathbound.projector.state.Keys;
import ai.pathbound.projector.tables.PartitionTables;
import ai.pathbound.schemas.topics.ChangeKey;
import ai.pathbound.schemas.topics.EntityKind;
import ai.pathbound.schemas.topics.TenantPartitioner;
import java.time.Duration;
import java.util.Optional;

/// Answers from the partitions of this process, each question from one snapshot.
public final class LocalReadModel implements ReadModel {
    /// Restores take seconds; asking more often is of no use.
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
    /// How long a question waits for tables that are being filled.
    private static final Duration FILLED_WITHIN = Duration.ofSeconds(3);
    private static final Duration ANSWERED_WITHIN = Duration.ofSeconds(5);

    private final PartitionStores stores;
    private final PartitionTables tables;
    private final QueryEngine engine;
    private final int partitions;
    private final FreshnessTracker tracker;
    private final VersionWaiters waiters;

    /// A read model over these stores and tables.
    ///
    /// @param partitions partition count of each change topic
    public LocalReadModel(PartitionStores stores,
            PartitionTables tables,
            QueryEngine engine,
            int partitions,
            FreshnessTracker tracker,
            VersionWaiters waiters) {
        this.stores = stores;
        this.tables = tables;
        this.engine = engine;
        this.partitions = partitions;
        this.tracker = tracker;
        this.waiters = waiters;
    }

    @Override
    public Answer ask(String tenant, Question question) {
        if (!ChangeKey.isTenant(tenant)) {
            throw new IllegalArgumentException("not a tenant: '" + tenant + "'");
        }
        int partition = TenantPartitioner.partition(tenant, partitions);
        // Before the snapshot is taken: it then holds at least what the freshness promises.
        return tracker.freshness(partition)
                .flatMap(freshness -> answer(partition, tenant, question, freshness))
                .orElseGet(() -> new Answer.Rebuilding(RETRY_AFTER));
    }

    private Optional<Answer> answer(int partition,
            String tenant,
            Question question,
            Freshness freshness) {
        Optional<PartitionStore> store = stores.of(partition);
        if (store.isEmpty()) {
            return Optional.empty();
        }
        return switch (question) {
            case OfOne one -> store.get()
                    .read(snapshot -> answer(new TenantData(snapshot, tenant), one, freshness));
            case OfSet set -> tables.view(partition, tenant, FILLED_WITHIN)
                    .flatMap(
                            view -> store.get()
                                    .read(
                                            snapshot -> answer(
                                                    new SetQuery(engine, view,
                                                            new TenantData(snapshot, tenant),
                                                            freshness,
                                                            Deadline.after(ANSWERED_WITHIN)),
                                                    set)));
        };
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
            return new Answer.TooLarge("The question took longer than "
                    + ANSWERED_WITHIN.toSeconds() + " s. Narrow the time range or the filters.");
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
