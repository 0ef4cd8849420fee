package ai.pathbound.projector;

import static ai.pathbound.projector.GeneratedHistory.TENANT;
import static org.assertj.core.api.Assertions.assertThat;

import ai.pathbound.projector.GeneratedHistory.Step;
import ai.pathbound.projector.columns.ColumnId;
import ai.pathbound.projector.columns.Kind;
import ai.pathbound.projector.query.Question.CompanyOrder;
import ai.pathbound.projector.query.Question.CompanySort;
import ai.pathbound.projector.query.Question.EventTypes;
import ai.pathbound.projector.query.Question.ListCompanies;
import ai.pathbound.projector.query.Question.Page;
import ai.pathbound.projector.tables.TenantView;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Tables that go for want of memory and come back, all the time, against tables that were kept up from
/// the beginning. More seeds: `-Dpathbound.seeds=200`.
class EvictedTablesTest {
    private static final int CHANGES = 250;
    static final ListCompanies COMPANIES = new ListCompanies(SetFilters.ALL_COMPANIES,
            new CompanySort(CompanyOrder.LAST_ACTIVITY_AT, true), new Page(1, 50), false, true,
            false);

    static LongStream seeds() {
        return LongStream.range(0, Long.getLong("pathbound.seeds", 10));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void tablesGoneAndFilledAgain_answerAsThoseThatStayed(long seed,
            @TempDir Path a,
            @TempDir Path b) {
        Random random = new Random(seed);
        int evictions = 0;
        try (TestProjector forgetful = TestProjector.forgetful(a);
                TestProjector kept = TestProjector.loadedEarly(b)) {
            for (Step step : GeneratedHistory.shuffled(GeneratedHistory.of(seed, CHANGES), seed)) {
                forgetful.send(step.key(), step.value());
                kept.send(step.key(), step.value());
                if (random.nextInt(6) == 0) {
                    Object before = identity(forgetful.view(TENANT));
                    // Now the other tenant is the one that stays.
                    forgetful.view("globex");
                    forgetful.advance(Duration.ofSeconds(1 + random.nextInt(3)));
                    evictions += before.equals(identity(forgetful.view(TENANT))) ? 0 : 1;
                    compare(forgetful, kept);
                }
            }
            compare(forgetful, kept);
        }
        assertThat(evictions).isGreaterThan(5);
    }

    /// Something that tables have as long as they stay.
    private static Object identity(TenantView view) {
        return System.identityHashCode(
                view.events().dictionary(new ColumnId("event_id", Kind.TEXT)));
    }

    private static void compare(TestProjector forgetful, TestProjector kept) {
        TenantView is = forgetful.view(TENANT);
        TenantView should = kept.view(TENANT);
        assertThat(StoredTablesTest.rows(is.events()))
                .isEqualTo(StoredTablesTest.rows(should.events()));
        assertThat(StoredTablesTest.rows(is.contacts()))
                .isEqualTo(StoredTablesTest.rows(should.contacts()));
        assertThat(StoredTablesTest.rows(is.companies()))
                .isEqualTo(StoredTablesTest.rows(should.companies()));
        assertThat(forgetful.json(TENANT, COMPANIES)).isEqualTo(kept.json(TENANT, COMPANIES));
        assertThat(forgetful.json(TENANT, new EventTypes()))
                .isEqualTo(kept.json(TENANT, new EventTypes()));
    }
}
