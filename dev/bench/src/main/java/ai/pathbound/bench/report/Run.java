package ai.pathbound.bench.report;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/// One run of the benchmarks: its size, where it may keep files, and where figures go.
public final class Run {
    private static final double NANOS = 1e9;
    private static final String SIZES = "pathbound.bench.sizes";

    private final boolean quick;
    private final Path folder;
    private final Report report;
    private final long begin = System.nanoTime();

    /// @param folder an empty folder for the run's data
    public Run(boolean quick, Path folder, Report report) {
        this.quick = quick;
        this.folder = folder;
        this.report = report;
    }

    /// The size for a full run or for a quick one.
    public int size(int full, int ifQuick) {
        return quick ? ifQuick : full;
    }

    /// Those of growing sizes to measure: all but the largest in a quick run, or the ones chosen by
    /// `-Dpathbound.bench.sizes`.
    public List<Integer> sizes(List<Integer> all) {
        String chosen = System.getProperty(SIZES);
        return chosen == null
                ? all.subList(0, size(all.size(), all.size() - 1))
                : Arrays.stream(chosen.split(",", -1)).map(Integer::valueOf).toList();
    }

    public Path folder(String name) {
        return folder.resolve(name);
    }

    /// Says what is going on.
    public void say(String text) {
        System.out.printf("%6.1f s  %s%n", (System.nanoTime() - begin) / NANOS, text);
    }

    /// Records a figure and says it.
    public void measured(String benchmark, String measure, double value, String unit, Bar bar) {
        Figure figure = new Figure(benchmark, measure, value, unit, bar);
        report.add(figure);
        say("  " + benchmark + ", " + measure + ": " + Figure.number(value) + " " + unit + "  "
                + bar.verdict(value));
    }

    public void measured(String benchmark, String measure, double value, String unit) {
        measured(benchmark, measure, value, unit, new Bar.None());
    }

    /// Records a ratio that only the laps of a full run make steady: quick ones leave it out, since it
    /// would be another one each time.
    public void measuredIfFull(String benchmark, String measure, double times, Bar bar) {
        if (!quick) {
            measured(benchmark, measure, times, "times", bar);
        }
    }

    /// Stops the run unless both sides gave the same answer: figures of a wrong one mean nothing.
    public void check(String what, Object expected, Object actual) {
        if (!expected.equals(actual)) {
            throw new WrongAnswerException(
                    what + ": expected " + clip(expected) + " but got " + clip(actual));
        }
    }

    private static String clip(Object answer) {
        String text = answer.toString();
        return text.length() <= 600 ? text : text.substring(0, 600) + "…";
    }
}
