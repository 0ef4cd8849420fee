package ai.pathbound.projector.columns;

import java.util.stream.LongStream;

/// How many generated histories a test run tries: `-Dpathbound.seeds=200` for more.
public final class Seeds {
    private Seeds() {}

    public static LongStream seeds() {
        return LongStream.range(0, Long.getLong("pathbound.seeds", 40));
    }
}
