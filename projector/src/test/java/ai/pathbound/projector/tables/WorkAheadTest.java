package ai.pathbound.projector.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkAheadTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 256, 257, 10_000})
    void takesAllResultsInTheOrderOfItems_onOneThread(int count) {
        List<Integer> taken = new ArrayList<>();
        List<Thread> by = new ArrayList<>();
        WorkAhead<Integer, Integer> work = new WorkAhead<>(() -> item -> -item, result -> {
            taken.add(result);
            by.add(Thread.currentThread());
        });
        IntStream.range(0, count).forEach(work::add);
        work.finish();
        assertThat(taken).isEqualTo(IntStream.range(0, count).mapToObj(i -> -i).toList());
        assertThat(by).allMatch(Thread.currentThread()::equals);
    }

    @Test
    void whatWorkThrows_isThrown() {
        Function<Integer, Integer> failing = item -> {
            throw new IllegalStateException("item " + item);
        };
        WorkAhead<Integer, Integer> work = new WorkAhead<>(() -> failing, _ -> {
        });
        work.add(7);
        assertThatThrownBy(work::finish).isInstanceOf(IllegalStateException.class)
                .hasMessage("item 7");
    }
}
