package ai.pathbound.mcp.tools;

import ai.pathbound.projector.query.Question.Page;

/// Parameters that several tools share.
final class Definitions {
    static final Parameter PAGE = Parameter
            .integer("page", "Page number, from 1.", 1, 1_000_000, 1);
    static final Parameter LIMIT = Parameter
            .integer("limit", "Items per page.", 1, 100, 20)
            .alias("page_size");
    static final Parameter SORT_DIR = Parameter
            .word("sort_dir", "Sort direction.", "asc", "desc")
            .or("desc");
    static final Parameter COUNT_ONLY = Parameter
            .flag("count_only", "Answer only {count}.")
            .or(false);
    static final Parameter FIELDS = Parameter
            .word("fields", "summary for about 200 bytes per item.", "summary", "full")
            .or("full");
    static final Parameter INCLUDE = Parameter.word(
            "include",
            "provenance adds, per property, which source set it and when.",
            "provenance");
    static final Parameter DATE_AFTER = Parameter
            .time("date_after", "At this date or time or later, e.g. 2026-06-01.")
            .alias("created_after");
    static final Parameter DATE_BEFORE = Parameter
            .time("date_before", "Before this date or time.")
            .alias("created_before");

    static final Parameter MAX_TOKENS = Parameter.integer(
            "max_tokens",
            "Longest answer; what does not fit is cut and next tells how to go on. Default 10000.",
            500,
            25_000);
    static final Parameter ACTIVE_AFTER = Parameter
            .time("last_activity_after", "Newest event at this date or time or later.");
    static final Parameter ACTIVE_BEFORE = Parameter.time(
            "last_activity_before",
            "Gone quiet: newest event before this date or time.");

    private Definitions() {}

    static Page page(Arguments arguments) {
        return new Page(arguments.integer("page"), arguments.integer("limit"));
    }

    static boolean descending(Arguments arguments) {
        return "desc".equals(arguments.text("sort_dir"));
    }

    static boolean summary(Arguments arguments) {
        return "summary".equals(arguments.text("fields"));
    }
}
