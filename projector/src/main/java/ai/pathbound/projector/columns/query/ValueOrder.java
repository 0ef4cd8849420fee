package ai.pathbound.projector.columns.query;

import ai.pathbound.projector.columns.Value;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;

/// The order of values: numbers, times, booleans, texts, JSON; texts by lower case, then exactly.
final class ValueOrder {
    private ValueOrder() {}

    static int compare(Value one, Value other) {
        int rank = Integer.compare(rank(one), rank(other));
        if (rank != 0) {
            return rank;
        }
        return switch (one) {
            case Value.Text(String text) when other instanceof Value.Text(String right) -> texts(
                    text,
                    right);
            case Value.Json(String text) when other instanceof Value.Json(String right) -> texts(
                    text,
                    right);
            case Value.Bool(boolean truth) when other instanceof Value.Bool(boolean right) ->
                Boolean
                        .compare(truth, right);
            case Value.Time(long at) when other instanceof Value.Time(long right) -> Long
                    .compare(at, right);
            case Value.Whole(long number) when other instanceof Value.Whole(long right) -> Long
                    .compare(number, right);
            case Value.Floating(double number) when other instanceof Value.Floating(double right) ->
                Double
                        .compare(number, right);
            case Value.Whole _,Value.Floating _,Value.Text _,Value.Json _,Value.Bool _,Value.Time _ ->
                decimal(
                        one).compareTo(decimal(other));
        };
    }

    static int texts(String one, String other) {
        int order = one.toLowerCase(Locale.ROOT).compareTo(other.toLowerCase(Locale.ROOT));
        return order != 0 ? order : one.compareTo(other);
    }

    /// Missing values last in both directions.
    static int compare(Optional<Value> one, Optional<Value> other, boolean descending) {
        if (one.isEmpty() || other.isEmpty()) {
            return Boolean.compare(one.isEmpty(), other.isEmpty());
        }
        int order = compare(one.get(), other.get());
        return descending ? -order : order;
    }

    static int rank(Value value) {
        return switch (value) {
            case Value.Whole _,Value.Floating _ -> 0;
            case Value.Time _ -> 1;
            case Value.Bool _ -> 2;
            case Value.Text _ -> 3;
            case Value.Json _ -> 4;
        };
    }

    private static BigDecimal decimal(Value number) {
        return switch (number) {
            case Value.Whole(long whole) -> BigDecimal.valueOf(whole);
            case Value.Floating(double floating) -> new BigDecimal(floating);
            case Value.Text _,Value.Json _,Value.Bool _,Value.Time _ ->
                throw new IllegalArgumentException(
                        "no number: " + number);
        };
    }
}
