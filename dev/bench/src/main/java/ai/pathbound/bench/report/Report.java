package ai.pathbound.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// The figures of one run.
public final class Report {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    private final Map<String, Object> machine = Machine.facts();
    private final boolean quick;
    private final List<Figure> figures = new ArrayList<>();

    public Report(boolean quick) {
        this.quick = quick;
    }

    void add(Figure figure) {
        figures.add(figure);
    }

    /// The figures as a Markdown table.
    public String markdown() {
        List<String> lines = new ArrayList<>();
        machine.forEach((fact, value) -> lines.add("- " + fact + ": " + value));
        lines.add("- " + (quick ? "quick run" : "full run"));
        lines.add("");
        lines.add("| Benchmark | Measure | Result | Bar | |");
        lines.add("|---|---|---|---|---|");
        figures.forEach(figure -> lines.add(figure.row()));
        return String.join("\n", lines);
    }

    /// Writes everything as JSON.
    public void write(Path file) throws IOException {
        Map<String, Object> all = new LinkedHashMap<>(machine);
        all.put("quick", quick);
        all.put("figures", figures.stream().map(Report::json).toList());
        Files.writeString(file, JSON.writeValueAsString(all) + "\n");
    }

    private static Map<String, Object> json(Figure figure) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("benchmark", figure.benchmark());
        json.put("measure", figure.measure());
        json.put("value", figure.value());
        json.put("unit", figure.unit());
        if (!figure.bar().equals(new Bar.None())) {
            json.put("bar", figure.bar().text());
            json.put("verdict", figure.bar().verdict(figure.value()));
        }
        return json;
    }
}
