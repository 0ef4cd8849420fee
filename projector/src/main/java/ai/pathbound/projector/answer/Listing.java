package ai.pathbound.projector.answer;

import ai.pathbound.projector.query.Answer;
import ai.pathbound.projector.query.Freshness;
import ai.pathbound.projector.query.Question.Page;
import java.util.List;
import java.util.function.BiConsumer;

/// A page out of a whole list, with what remains.
final class Listing {
    private Listing() {}

    static Answer count(long count, Freshness freshness) {
        return new Answer.Found(JsonText.object(json -> json.number("count", count)), freshness);
    }

    /// The page of these sorted items.
    ///
    /// @param name member that holds the items
    /// @param view writes the members of one item
    static <T> Answer page(String name,
            List<T> items,
            Page page,
            Freshness freshness,
            BiConsumer<JsonText, T> view) {
        long total = items.size();
        long from = Math.min(total, (page.number() - 1L) * page.limit());
        long to = Math.min(total, from + page.limit());
        List<T> shown = items.subList((int) from, (int) to);
        return new Answer.Found(JsonText.object(json -> {
            json.objects(name, shown, item -> view.accept(json, item));
            json.number("returned", shown.size());
            json.number("total", total);
            json.flag("truncated", to < total);
            if (to < total) {
                json.object("next", () -> {
                    json.number("page", page.number() + 1L);
                    json.number("limit", page.limit());
                });
            } else {
                json.nothing("next");
            }
            json.object("pagination", () -> {
                json.number("page", page.number());
                json.number("limit", page.limit());
                json.number("total_pages", (total + page.limit() - 1) / page.limit());
                json.number("total_items", total);
            });
        }), freshness);
    }
}
