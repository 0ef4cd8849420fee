package ai.pathbound.mcp.tools;

import ai.pathbound.projector.query.Question.Interval;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;

/// The arguments that cut time into buckets.
final class Zones {
    static final Parameter INTERVAL = Parameter
            .word("interval", "Width of the time buckets.", "hour", "day", "week", "month");
    static final Parameter TIMEZONE = Parameter
            .text("timezone", "IANA zone of the buckets, such as Europe/Madrid.")
            .or("UTC");

    private Zones() {}

    static Optional<Interval> interval(Arguments arguments) {
        return arguments.textMaybe("interval")
                .map(word -> Interval.valueOf(word.toUpperCase(Locale.ROOT)));
    }

    static ZoneId zone(Arguments arguments) throws BadArguments {
        String name = arguments.text("timezone");
        try {
            return ZoneId.of(name);
        } catch (DateTimeException e) {
            throw new BadArguments(
                    new FieldProblem("timezone",
                            "must be an IANA zone such as Europe/Madrid; not '" + Clip.to(80, name)
                                    + "'",
                            Spelling.nearest(name, ZoneId.getAvailableZoneIds())
                                    .map(Object.class::cast)));
        }
    }
}
