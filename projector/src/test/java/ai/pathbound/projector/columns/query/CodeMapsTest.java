package ai.pathbound.projector.columns.query;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pathbound.projector.columns.ColumnId;
import ai.pathbound.projector.columns.Dictionary;
import ai.pathbound.projector.columns.Kind;
import ai.pathbound.projector.columns.Table;
import ai.pathbound.projector.columns.TableSettings;
import ai.pathbound.projector.columns.TableView;
import ai.pathbound.projector.columns.Value;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class CodeMapsTest {
    private static final String ID = "id";
    private static final String CITY = "city";

    private final Table table = new Table(new TableSettings(2, 10, Map.of()));
    private final QueryEngine engine = QueryEngine.simple();
    private final QueryEngine keeping = QueryEngine.parallel(Runnable::run, 1, 1 << 20);

    @Test
    void eachLiveRow_mapsItsKeyToItsValue_acrossSegmentsAndTail() {
        append("a", "Berlin");
        append("b", "Paris");
        append("c", "Berlin");
        append("d", "");
        long moved = append("e", "Rome");
        table.kill(moved);
        append("e", "Oslo");
        table.publish();
        assertThat(city("a")).isEqualTo("Berlin");
        assertThat(city("b")).isEqualTo("Paris");
        assertThat(city("c")).isEqualTo("Berlin");
        assertThat(city("d")).isEmpty();
        assertThat(city("e")).isEqualTo("Oslo");
    }

    @Test
    void aRowThatDied_mapsToNothing() {
        table.kill(append("a", "Berlin"));
        append("b", "Paris");
        table.publish();
        assertThat(city("a")).isEmpty();
        assertThat(city("b")).isEqualTo("Paris");
    }

    @Test
    void aColumnWithoutTexts_mapsEverythingToNothing() {
        append("a", "Berlin");
        table.publish();
        CodeMap map = engine.between(table.view(), ID, "street");
        assertThat(map.map(ids().find("a"))).isZero();
    }

    @Test
    void mapsOfLaterViews_areEqualWhileNoRowMapsOtherwise() {
        long first = append("a", "Berlin");
        append("b", "");
        table.publish();
        CodeMap map = keeping.between(table.view(), ID, CITY);
        assertThat(keeping.between(table.view(), ID, CITY)).isEqualTo(map);
        append("b", "");
        append("c", "");
        table.kill(first);
        append("a", "Berlin");
        table.publish();
        assertThat(keeping.between(table.view(), ID, CITY)).isEqualTo(map);
        append("c", "Paris");
        table.publish();
        assertThat(keeping.between(table.view(), ID, CITY)).isNotEqualTo(map);
        assertThat(city("c")).isEqualTo("Paris");
    }

    @Test
    void anOlderView_hasItsOwnMap() {
        append("a", "Berlin");
        table.publish();
        TableView before = table.view();
        append("b", "Paris");
        table.publish();
        CodeMap now = keeping.between(table.view(), ID, CITY);
        CodeMap then = keeping.between(before, ID, CITY);
        assertThat(then).isNotEqualTo(now);
        assertThat(then.map(ids().find("b"))).isZero();
        assertThat(keeping.between(table.view(), ID, CITY)).isEqualTo(now);
    }

    private long append(String id, String city) {
        return table.append(
                city.isEmpty()
                        ? Map.of(ID, Value.text(id))
                        : Map.of(ID, Value.text(id), CITY, Value.text(city)));
    }

    private Dictionary ids() {
        return Objects.requireNonNull(table.view().dictionary(new ColumnId(ID, Kind.TEXT)));
    }

    private String city(String id) {
        CodeMap map = engine.between(table.view(), ID, CITY);
        int code = map.map(ids().find(id));
        return code == 0 ? "" : map.target().text(code);
    }
}
