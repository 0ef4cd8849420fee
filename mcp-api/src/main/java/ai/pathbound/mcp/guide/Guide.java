package ai.pathbound.mcp.guide;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/// The resources and prompts every caller sees.
@Component
public final class Guide {
    /// A text to read.
    public record Page(String uri, String name, String title, String description, String text) {}

    /// A prompt to fill in.
    public record Prompt(String name,
            String title,
            String description,
            List<Blank> blanks,
            String text) {
        public Prompt {
            blanks = List.copyOf(blanks);
        }

        /// The mandatory blanks without a value.
        public List<String> missing(Map<String, String> values) {
            return blanks.stream()
                    .filter(blank -> blank.required() && !values.containsKey(blank.name()))
                    .map(Blank::name)
                    .toList();
        }

        /// The text with its blanks filled in; an absent optional one reads as its default.
        public String fill(Map<String, String> values) {
            String filled = text;
            for (Blank blank : blanks) {
                String value = values.getOrDefault(blank.name(), blank.otherwise());
                filled = filled.replace("{" + blank.name() + "}", value);
            }
            return filled;
        }
    }

    /// A blank of a prompt.
    public record Blank(String name, String description, boolean required, String otherwise) {}

    private final List<Page> pages = List.of(
            new Page("pathbound://guide/usage", "usage", "How to use the tools",
                    "Which tool answers which question, how to keep answers small, what errors mean.",
                    load("usage.md")));
    private final List<Prompt> prompts = List.of(
            new Prompt("account_brief", "Brief me on a contact",
                    "A short brief before a call: who it is, what happened lately, what to raise.",
                    List.of(
                            new Blank("contact_id", "Contact id, such as ct_7Qm2.", true, ""),
                            new Blank("focus", "What the call is about.", false, "the next step")),
                    load("account_brief.md")));

    public List<Page> pages() {
        return pages;
    }

    public Optional<Page> page(String uri) {
        return pages.stream().filter(page -> page.uri().equals(uri)).findFirst();
    }

    public List<Prompt> prompts() {
        return prompts;
    }

    public Optional<Prompt> prompt(String name) {
        return prompts.stream().filter(prompt -> prompt.name().equals(name)).findFirst();
    }

    private static String load(String file) {
        try (InputStream stream = Guide.class.getResourceAsStream("/guide/" + file)) {
            if (stream == null) {
                throw new IllegalStateException("guide/" + file + " is not on the class path");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
