package ai.pathbound.projector.columns.query;

import ai.pathbound.projector.columns.Dictionary;

/// Maps the codes of one dictionary to those of another, as from contact to company. Compared by
/// identity: answers remembered for one map are not used for another.
public final class CodeMap {
    private final int[] codes;
    private final Dictionary target;

    /// Takes ownership of `codes`; codes beyond its end, and code 0, map to 0.
    public CodeMap(int[] codes, Dictionary target) {
        this.codes = codes;
        this.target = target;
    }

    int map(int code) {
        return code > 0 && code < codes.length ? codes[code] : 0;
    }

    Dictionary target() {
        return target;
    }
}
