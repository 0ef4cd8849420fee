package ai.pathbound.sandbox.faults;

import ai.pathbound.sandbox.faults.Calls.Call;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What a fault did to readers and data: one line of the table.
///
/// @param fault what was done
/// @param calls every call from the fault on until all was well again
/// @param failed how many got no answer, by kind
/// @param serving from the fault to the end of the last call that got no answer; zero if all did
/// @param lost entities that are in the change topics and not in the answers
/// @param doubled entities that are counted or listed more than once
record Outcome(String fault,
        int calls,
        Map<String, Long> failed,
        Duration serving,
        long lost,
        long doubled) {
    static final String HEAD = """
            | Fault | Calls | Answered | The others | Time to serving | Lost | Doubled |
            |---|---|---|---|---|---|---|
            """;

    static Outcome of(String fault, long begunNanos, List<Call> calls, Differences differences) {
        Map<String, Long> failed = calls.stream()
                .filter(call -> !call.isAnswered())
                .collect(Collectors.groupingBy(Call::kind, TreeMap::new, Collectors.counting()));
        long servingNanos = calls.stream()
                .filter(call -> !call.isAnswered())
                .map(call -> call.endedNanos() - begunNanos)
                .max(Comparator.naturalOrder())
                .orElse(0L);
        return new Outcome(fault, calls.size(), failed, Duration.ofNanos(servingNanos),
                differences.lost(), differences.doubled());
    }

    /// The line in Markdown.
    String line() {
        long others = failed.values().stream().mapToLong(Long::longValue).sum();
        String kinds = failed.entrySet()
                .stream()
                .map(kind -> kind.getValue() + " " + kind.getKey())
                .collect(Collectors.joining(", "));
        return "| %s | %d | %.2f %% | %s | %s | %d | %d |%n".formatted(
                fault,
                calls,
                calls == 0 ? 0.0 : 100.0 * (calls - others) / calls,
                kinds.isEmpty() ? "none" : kinds,
                serving.isZero()
                        ? "at once"
                        : String.format(Locale.ROOT, "%.1f s", serving.toMillis() / 1000.0),
                lost,
                doubled);
    }
}
