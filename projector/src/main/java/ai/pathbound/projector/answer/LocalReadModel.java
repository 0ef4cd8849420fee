package ai.pathbound.projector.answer;

import ai.pathbound.projector.freshness.FreshnessTracker;
import ai.pathbound.projector.freshness.VersionWaiters;
import ai.pathbound.projector.query.Answer;
import ai.pathbound.projector.query.Freshness;
import ai.pathbound.projector.query.Question;
import ai.pathbound.projector.query.ReadModel;
import ai.pathbound.projector.rocks.PartitionStores;
import ai.pathbound.projector.state.Document;
import ai.pathbound.projector.state.Keys;
import ai.pathbound.schemas.topics.ChangeKey;
import ai.pathbound.schemas.topics.EntityKind;
import ai.pathbound.schemas.topics.TenantPartitioner;
import java.time.Duration;
import java.util.Optional;

/// Answers from the partitions of this process, each question from one snapshot.
public final class LocalReadModel implements ReadModel {
    /// Restores take seconds; asking more often is of no use.
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final PartitionStores stores;
    private final int partitions;
    private final FreshnessTracker tracker;
    private final VersionWaiters waiters;

    /// A read model over these stores.
    ///
    /// @param partitions partition count of each change topic
    public LocalReadModel(PartitionStores stores,
            int partitions,
            FreshnessTracker tracker,
            VersionWaiters waiters) {
        this.stores = stores;
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
        return stores.of(partition)
                .flatMap(
                        store -> store.read(
                                snapshot -> answer(
                                        new TenantData(snapshot, tenant),
                                        question,
                                        freshness)));
    }

    private static Answer answer(TenantData data, Question question, Freshness freshness) {
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
            case Question.ListContacts list -> new ContactList(data, freshness).answer(list);
            case Question.GetCompany get -> new CompanyAnswers(data, freshness).get(get);
            case Question.ListEvents list -> new EventList(data, freshness).answer(list);
            case Question.GetEvent get -> new EventAnswers(data, freshness).get(get);
            case Question.EventTypes _ -> new EventAnswers(data, freshness).types();
            case Question.BatchDetails details ->
                new BatchAnswers(data, freshness).details(details);
            case Question.BatchActivity activity ->
                new BatchAnswers(data, freshness).activity(activity);
        };
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
