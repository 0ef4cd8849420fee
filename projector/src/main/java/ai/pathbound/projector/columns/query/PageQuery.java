package ai.pathbound.projector.columns.query;

import java.util.List;

/// A page of the rows that pass a filter, in an order. Ties end with the older row first.
public record PageQuery(Filter filter, List<Sort> sorts, int offset, int limit) {
    public PageQuery {
        sorts = List.copyOf(sorts);
        if (offset < 0 || limit < 1) {
            throw new IllegalArgumentException("offset " + offset + ", limit " + limit);
        }
        Math.addExact(offset, limit);
    }

    /// Numbers, times, booleans, texts (lower case), JSON in this order or the other way round; missing
    /// values last either way.
    public record Sort(Operand operand, boolean descending) {
        public static Sort by(String field, boolean descending) {
            return new Sort(new Operand.Field(field), descending);
        }
    }
}
