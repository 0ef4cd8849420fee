package ai.pathbound.bench.projection;

import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/// What this process and those it started, the broker among them, have used of the processors. Unlike
/// the time on the clock it hardly depends on what else the machine does.
final class ProcessorTime {
    private ProcessorTime() {}

    static Duration spent() {
        ProcessHandle here = ProcessHandle.current();
        return Stream.concat(Stream.of(here), here.descendants())
                .map(process -> process.info().totalCpuDuration())
                .flatMap(Optional::stream)
                .reduce(Duration.ZERO, Duration::plus);
    }
}
