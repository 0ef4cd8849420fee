package ai.pathbound.bench.report;

/// What is measured does not answer as it must.
public final class WrongAnswerException extends RuntimeException {
    public WrongAnswerException(String message) {
        super(message);
    }
}
