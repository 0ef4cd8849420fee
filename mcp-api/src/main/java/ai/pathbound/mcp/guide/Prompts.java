package ai.pathbound.mcp.guide;

import ai.pathbound.mcp.caller.Caller;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/// Prompts that are texts with blanks.
@Component
@Order(1)
final class Prompts implements PromptBook {
    /// A prompt and the text its blanks, `{name}`, are in.
    private record Sheet(Prompt prompt, String text) {}

    private final List<Sheet> sheets = List.of(
            sheet("account_brief",
                    "Brief me on a contact",
                    "A short brief before a call: who it is, what happened lately, what to raise.",
                    new Blank("contact_id", "Contact id, such as ct_7Qm2.", true, ""),
                    new Blank("focus", "What the call is about.", false, "the next step")),
            sheet("event_trend",
                    "How is an event doing",
                    "One event over the last weeks: trend, who is behind it, where it comes from.",
                    new Blank("event_type", "Exact event name, such as page_view.", true, ""),
                    new Blank("days", "How many days back.", false, "30")),
            sheet("segment_review",
                    "Review a group of contacts",
                    "Who is in one stage or country, what they do, whom to talk to next.",
                    new Blank("lifecycle_stage", "Stage in the sales cycle.", true, ""),
                    new Blank("country", "Only this country.", false, "any country")),
            sheet("break_down",
                    "Break numbers down",
                    "Counts of contacts, companies or events by one of their fields.",
                    new Blank("entity", "contacts, companies or events.", true, ""),
                    new Blank("field", "Field or property to group by.", true, "")));

    private static Sheet sheet(String name, String title, String description, Blank... blanks) {
        return new Sheet(new Prompt(name, title, description, List.of(blanks)),
                Texts.load(name + ".md"));
    }

    @Override
    public List<Prompt> prompts(Caller caller) {
        return sheets.stream().map(Sheet::prompt).toList();
    }

    @Override
    public Optional<Mono<Filled>> fill(Caller caller,
            String name,
            Map<String, String> values,
            JsonNode answers) {
        return sheets.stream()
                .filter(sheet -> sheet.prompt().name().equals(name))
                .findFirst()
                .map(sheet -> Mono.just(fill(sheet, values)));
    }

    private static Filled fill(Sheet sheet, Map<String, String> values) {
        List<String> missing = sheet.prompt()
                .blanks()
                .stream()
                .filter(blank -> blank.required() && !values.containsKey(blank.name()))
                .map(Blank::name)
                .toList();
        if (!missing.isEmpty()) {
            return new Filled.Invalid("Missing arguments: " + String.join(", ", missing) + ".");
        }
        String text = sheet.text();
        for (Blank blank : sheet.prompt().blanks()) {
            text = text.replace(
                    "{" + blank.name() + "}",
                    values.getOrDefault(blank.name(), blank.otherwise()));
        }
        return new Filled.Messages(sheet.prompt().description(),
                List.of(Map.of("type", "text", "text", text)));
    }
}
