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
    ///
    /// @param exact texts as they are instead, not in lower case
    public record Sort(Operand operand, boolean descending, boolean exact) {
        /// Texts that differ in case only are equal: the next sort decides.
        public static Sort by(String field, boolean descending) {
            return new Sort(new Operand.Field(field), descending, false);
        }

        /// Texts that differ in case only are different, as ids are.
        public static Sort exactlyBy(String field, boolean descending) {
            return new Sort(new Operand.Field(field), descending, true);
        }
    }
}
