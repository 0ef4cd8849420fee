package ai.pathbound.projector.columns.query;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pathbound.projector.columns.ColumnId;
import ai.pathbound.projector.columns.Dictionary;
import ai.pathbound.projector.columns.Kind;
import ai.pathbound.projector.columns.Table;
import ai.pathbound.projector.columns.TableSettings;
import ai.pathbound.projector.columns.TableView;
import ai.pathbound.projector.columns.Value;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/// Remembered answers name the map they were made with and must not keep it: a tenant's maps take
/// megabytes and change with each claim.
class RememberedMapsTest {
    private static final String CONTACT = "contact";

    private final QueryEngine engine = QueryEngine.parallel(Runnable::run, 1, 1 << 20);
    private final TableView view = filled();
    private final Dictionary companies = new Dictionary();

    @Test
    void answers_keepNoMap() {
        WeakReference<int[]> codes = asked("co_1");
        Awaitility.await().until(() -> {
            System.gc();
            return codes.get() == null;
        });
    }

    @Test
    void answers_areThoseOfTheMapThatIsAskedWith() {
        for (String company : List.of("co_1", "co_2", "co_1")) {
            asked(company);
        }
    }

    /// Asks until the answer is remembered and used; returns what the map held.
    private WeakReference<int[]> asked(String company) {
        Dictionary contacts = Objects
                .requireNonNull(view.dictionary(new ColumnId(CONTACT, Kind.TEXT)));
        int[] codes = new int[contacts.size() + 1];
        codes[contacts.find("ct_1")] = companies.add(company);
        Operand mapped = new Operand.Mapped(Operand.field(CONTACT), new CodeMap(codes, companies));
        Filter named = new Filter.In(mapped, Set.of(Value.text(company)), false);
        GroupQuery byCompany = new GroupQuery(new Filter.Exists(mapped),
                List.of(new Key.Values(mapped)), List.of(new Metric.CountDistinct(mapped)),
                List.of(), 10);
        for (int time = 0; time < 4; time++) {
            assertThat(engine.count(view, named, Deadline.none())).isEqualTo(10);
            GroupResult result = engine.group(view, byCompany, Deadline.none());
            assertThat(result.groups()).hasSize(1);
            assertThat(result.groups().getFirst().key().getFirst())
                    .contains(Value.text(company));
        }
        return new WeakReference<>(codes);
    }

    private static TableView filled() {
        Table table = new Table(new TableSettings(4, 10, Map.of()));
        for (int row = 0; row < 20; row++) {
            table.append(Map.of(CONTACT, Value.text("ct_" + row % 2)));
        }
        table.publish();
        return table.view();
    }
}
