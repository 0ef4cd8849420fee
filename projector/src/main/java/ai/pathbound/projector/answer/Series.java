package ai.pathbound.projector.answer;

import ai.pathbound.projector.columns.Value;
import ai.pathbound.projector.columns.query.GroupResult;
import ai.pathbound.projector.columns.query.GroupResult.Group;
import ai.pathbound.projector.columns.query.TimeUnit;
import ai.pathbound.projector.query.Question.MetricOp;
import ai.pathbound.projector.query.Question.MetricSpec;
import ai.pathbound.projector.query.Question.TimeRange;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Buckets in a row, those without rows among them.
final class Series {
    private Series() {}

    /// The start of a bucket as callers read it: with the zone's offset at that time.
    static String start(Instant at, ZoneId zone) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(at.atZone(zone).toOffsetDateTime());
    }

    /// The groups of a series with empty buckets added, from the range's beginning, or the first group,
    /// to the range's end, or the last group, in the order of time. Empty when that is more than `max`
    /// buckets, when there is nothing to say where it begins and ends, or when no time lies in between.
    static Optional<List<Group>> filled(GroupResult result,
            Optional<TimeUnit> unit,
            ZoneId zone,
            TimeRange range,
            int max,
            List<MetricSpec> metrics) {
        Map<Instant, Group> groups = new HashMap<>();
        List<Instant> times = new ArrayList<>();
        for (Group group : result.groups()) {
            if (group.key().getFirst().orElse(null) instanceof Value.Time at) {
                groups.put(at.instant(), group);
                times.add(at.instant());
            }
        }
        times.sort(null);
        boolean bounded = range.from().isPresent() && range.to().isPresent();
        if (unit.isEmpty() || (times.isEmpty() && !bounded)) {
            return Optional.empty();
        }
        Instant from = range.from().orElseGet(times::getFirst);
        Instant to = range.to().orElseGet(() -> times.getLast().plusMillis(1));
        if (!from.isBefore(to)) {
            return Optional.empty();
        }
        Optional<List<Instant>> starts = unit.get().starts(from, to, zone, max);
        if (starts.isEmpty()) {
            return Optional.empty();
        }
        List<Optional<Value>> nothing = metrics.stream().map(Series::zero).toList();
        List<Group> filled = new ArrayList<>();
        for (Instant start : starts.get()) {
            filled.add(
                    groups.getOrDefault(
                            start,
                            new Group(List.of(Optional.of(Value.time(start))), nothing)));
        }
        return Optional.of(filled);
    }

    /// Nothing counted is 0; nothing averaged is no number.
    private static Optional<Value> zero(MetricSpec metric) {
        return metric.op() == MetricOp.COUNT || metric.op() == MetricOp.COUNT_DISTINCT
                ? Optional.of(Value.number(0))
                : Optional.empty();
    }
}
