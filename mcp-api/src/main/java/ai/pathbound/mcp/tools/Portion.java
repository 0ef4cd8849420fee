package ai.pathbound.mcp.tools;

import ai.pathbound.projector.query.Question;
import ai.pathbound.projector.query.Question.Page;
import java.util.List;
import java.util.Map;

/// A question for the first items only, and how to ask for those after them.
///
/// @param next the arguments to change for what follows; empty where the answer itself says it
record Portion(Question question, Map<String, Object> next) {
    /// How many items a question asks for at most; 1 for those that cannot ask for fewer.
    static int items(Question question) {
        return switch (question) {
            case Question.Paged list -> list.page().limit();
            case Question.ContactTimeline timeline -> timeline.limit();
            case Question.BatchDetails batch -> batch.ids().size();
            case Question.BatchActivity batch -> batch.contactIds().size();
            case Question.Aggregate aggregate -> aggregate.limit();
            case Question.GetContact _,Question.GetCompany _,Question.GetEvent _,Question.EventTypes _,Question.EventStats _,Question.Outline _,Question.Version _ ->
                1;
        };
    }

    /// The part of a question that asks for at most this many items.
    static Portion first(Question question, int items) {
        return switch (question) {
            case Question.Paged list -> {
                Page page = first(list.page(), items);
                yield new Portion(list.withPage(page), after(page));
            }
            case Question.Aggregate whole -> new Portion(
                    new Question.Aggregate(whole.entity(), whole.groupBy(), whole.interval(),
                            whole.zone(), whole.metrics(), whole.conditions(), whole.range(),
                            whole.sortBy(), whole.descending(), items),
                    Map.of());
            case Question.ContactTimeline timeline -> new Portion(
                    new Question.ContactTimeline(timeline.contactId(), timeline.range(), items,
                            timeline.cursor()),
                    Map.of());
            case Question.BatchDetails batch -> new Portion(
                    new Question.BatchDetails(batch.entity(), batch.ids().subList(0, items)),
                    Map.of("ids", rest(batch.ids(), items)));
            case Question.BatchActivity batch -> new Portion(
                    new Question.BatchActivity(batch.contactIds().subList(0, items),
                            batch.eventsLimit(), batch.range()),
                    Map.of("contact_ids", rest(batch.contactIds(), items)));
            case Question.GetContact _,Question.GetCompany _,Question.GetEvent _,Question.EventTypes _,Question.EventStats _,Question.Outline _,Question.Version _ ->
                throw new IllegalArgumentException("one answer, no items: " + question);
        };
    }

    /// The first items of a page as a page of their own. Its size must divide what lies before it,
    /// or its start would fall between two pages. On the first page any size does; tens leave the
    /// most room to divide the pages after it again.
    private static Page first(Page page, int items) {
        long before = (page.number() - 1L) * page.limit();
        int size = items;
        while (before % size != 0 || (before == 0 && size > 10 && size % 10 != 0)) {
            size--;
        }
        return new Page(Math.toIntExact(before / size + 1), size);
    }

    private static Map<String, Object> after(Page page) {
        return Map.of("page", page.number() + 1, "limit", page.limit());
    }

    private static List<String> rest(List<String> ids, int items) {
        return ids.subList(items, ids.size());
    }
}
