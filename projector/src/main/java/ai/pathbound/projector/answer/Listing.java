package ai.pathbound.projector.answer;

import ai.pathbound.projector.query.Answer;
import ai.pathbound.projector.query.Freshness;
import ai.pathbound.projector.query.Question.Page;
import java.util.List;
import java.util.function.BiConsumer;

/// One page of a list, with what remains.
final class Listing {
    private Listing() {}

    static Answer count(long count, Freshness freshness) {
        return new Answer.Found(JsonText.object(json -> json.number("count", count)), freshness);
    }

    /// The rows before the page; as many as there can be rows at most.
    static int offset(Page page) {
        return (int) Math.min(Integer.MAX_VALUE - page.limit(),
                (page.number() - 1L) * page.limit());
    }

    /// The page of a whole list.
    static <T> Answer slice(String name,
            List<T> all,
            Page page,
            Freshness freshness,
            BiConsumer<JsonText, T> view) {
        int from = Math.min(all.size(), offset(page));
        int to = Math.min(all.size(), from + page.limit());
        return page(name, all.subList(from, to), all.size(), page, freshness, view);
    }

    /// A page that was cut already.
    ///
    /// @param name member that holds the items
    /// @param total how many items the whole list has
    /// @param view writes the members of one item
    static <T> Answer page(String name,
            List<T> shown,
            long total,
            Page page,
            Freshness freshness,
            BiConsumer<JsonText, T> view) {
        boolean more = (long) page.number() * page.limit() < total;
        return new Answer.Found(JsonText.object(json -> {
            json.objects(name, shown, item -> view.accept(json, item));
            json.number("returned", shown.size());
            json.number("total", total);
            json.flag("truncated", more);
            if (more) {
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
