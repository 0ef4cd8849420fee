package ai.pathbound.projector.columns.query;

/// A question has more groups than memory is given for; ask for fewer keys or a narrower filter.
public final class TooManyGroupsException extends RuntimeException {
    TooManyGroupsException(int max) {
        super("more than " + max + " groups");
    }
}
