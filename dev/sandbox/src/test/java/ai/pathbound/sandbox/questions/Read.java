package ai.pathbound.sandbox.questions;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/// Ways to read an answer.
final class Read {
    /// What a missing value of a group is called.
    static final String NONE = "none";

    private Read() {}

    static Function<JsonNode, Object> number(String pointer) {
        return answer -> answer.at(pointer).asLong();
    }

    static Function<JsonNode, Object> text(String pointer) {
        return answer -> answer.at(pointer).asString();
    }

    /// A member of each item, in order.
    static Function<JsonNode, Object> list(String pointer, String member) {
        return answer -> texts(answer.at(pointer), member);
    }

    /// A member of each item, whatever the order.
    static Function<JsonNode, Object> set(String pointer, String member) {
        return answer -> new TreeSet<>(texts(answer.at(pointer), member));
    }

    static List<String> texts(JsonNode items, String member) {
        return StreamSupport.stream(items.spliterator(), false)
                .map(item -> item.path(member).asString())
                .toList();
    }

    /// The groups of an aggregation, each as `key=metric`, in order.
    static Function<JsonNode, Object> groups(String key, String metric) {
        return answer -> StreamSupport.stream(answer.path("groups").spliterator(), false)
                .map(group -> key(group, key) + "=" + value(group.path(metric)))
                .toList();
    }

    /// The groups of an aggregation as a map from key to metric.
    static Function<JsonNode, Object> map(String key, String metric) {
        return answer -> StreamSupport.stream(answer.path("groups").spliterator(), false)
                .collect(
                        Collectors.toMap(
                                group -> key(group, key),
                                group -> value(group.path(metric)),
                                (one, _) -> one,
                                TreeMap::new));
    }

    static String key(JsonNode group, String name) {
        JsonNode value = group.path("key").path(name);
        return value.isNull() ? NONE : value.asString();
    }

    /// Numbers to two digits, so that a sum does not depend on its order.
    static String value(JsonNode metric) {
        return metric.isNumber() ? number(metric.asDouble()) : metric.asString();
    }

    static String number(double number) {
        return Math.round(number * 100) / 100.0 + "";
    }

    /// The same as [#map] reads it.
    static <T> Map<String, String> numbers(Map<String, T> counts, Function<T, Number> number) {
        Map<String, String> shown = new TreeMap<>();
        counts.forEach((key, value) -> shown.put(key, number(number.apply(value).doubleValue())));
        return shown;
    }
}
