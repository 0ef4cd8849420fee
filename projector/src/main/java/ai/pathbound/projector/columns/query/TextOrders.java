package ai.pathbound.projector.columns.query;

import ai.pathbound.projector.columns.Dictionary;
import ai.pathbound.projector.columns.TextOrder;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The orders of dictionaries as one question sees them, from begin to end: its numbers have to compare.
final class TextOrders {
    private final Map<Dictionary, TextOrder> orders = new ConcurrentHashMap<>();

    TextOrder of(Dictionary dictionary) {
        return orders.computeIfAbsent(dictionary, Dictionary::order);
    }
}
