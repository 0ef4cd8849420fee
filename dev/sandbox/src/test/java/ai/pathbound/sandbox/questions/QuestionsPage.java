package ai.pathbound.sandbox.questions;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;

/// The page that lists every question with its calls and what the answers cost.
final class QuestionsPage {
    /// The first line of an entry ends with its tokens.
    private static final Pattern TOKENS = Pattern.compile("([0-9,]+) tokens");
    private static final JsonMapper JSON = new JsonMapper();

    /// One question as it was asked.
    record Entry(String group, String question, List<Call> calls, int tokens) {}

    /// One call as it was made.
    record Call(String tool, Map<String, Object> arguments) {}

    private QuestionsPage() {}

    static String text(List<Entry> entries, int contacts, int events) {
        List<Integer> tokens = entries.stream().map(Entry::tokens).sorted().toList();
        StringBuilder page = new StringBuilder(head(entries.size(), tokens, contacts, events));
        String group = "";
        for (Entry entry : entries) {
            if (!entry.group().equals(group)) {
                group = entry.group();
                page.append("\n## ").append(group).append('\n');
            }
            page.append("\n**%s** %s\n\n```\n".formatted(entry.question(), tokens(entry.tokens())));
            for (Call call : entry.calls()) {
                page.append(call.tool())
                        .append(' ')
                        .append(JSON.writeValueAsString(call.arguments()))
                        .append('\n');
            }
            page.append("```\n");
        }
        return page.toString();
    }

    private static String head(int questions, List<Integer> tokens, int contacts, int events) {
        return """
                # Questions and the calls that answer them

                Each question is a test: `QuestionsIT` starts the demo, makes these calls over MCP and compares what they
                say with what the stand-in backend's own database says. Tokens are those of the answers' text blocks, in
                the `o200k_base` encoding. It is Friday, 12 June 2026; the account has %d contacts and %,d events.

                %d questions; an answer has %s at the median, %s at most, all calls of a question together.
                """
                .formatted(
                        contacts,
                        events,
                        questions,
                        tokens(tokens.get(tokens.size() / 2)),
                        tokens(tokens.getLast()));
    }

    private static String tokens(int number) {
        return "%,d tokens".formatted(number);
    }

    /// The page without its figures.
    static String plain(String page) {
        return TOKENS.matcher(page).replaceAll("some tokens");
    }

    /// The figures alone, in order.
    static List<Integer> figures(String page) {
        List<Integer> figures = new ArrayList<>();
        Matcher matcher = TOKENS.matcher(page);
        while (matcher.find()) {
            figures.add(Integer.parseInt(matcher.group(1).replace(",", "")));
        }
        return figures;
    }
}
