package ai.pathbound.mcp.views;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/// The views there are, and which tool's answers each of them draws.
@Component
public final class Views {
    private static final String NUMBERS = "ui://pathbound/numbers";
    private static final String TIMELINE = "ui://pathbound/timeline";
    private static final Map<String, String> BY_TOOL = Map.of(
            "aggregate_data",
            NUMBERS,
            "get_event_stats",
            NUMBERS,
            "get_contact_timeline",
            TIMELINE);

    private final List<View> all = List.of(
            new View(NUMBERS, "numbers", "Numbers",
                    "Bars, lines and tables of aggregate_data and get_event_stats.",
                    Assembly.withCharts("Numbers", "numbers.js")),
            new View(TIMELINE, "timeline", "Timeline",
                    "What happened with a contact, from get_contact_timeline.",
                    Assembly.plain("Timeline", "timeline.js")));

    /// Every view, always in the same order.
    public List<View> all() {
        return all;
    }

    public Optional<View> find(String uri) {
        return all.stream().filter(view -> view.uri().equals(uri)).findFirst();
    }

    /// The address of the view that draws this tool's answers.
    public Optional<String> ofTool(String tool) {
        return Optional.ofNullable(BY_TOOL.get(tool));
    }
}
