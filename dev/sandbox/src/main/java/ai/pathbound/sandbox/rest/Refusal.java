package ai.pathbound.sandbox.rest;

import java.util.List;

/// A request that is answered with an error; undoes the write it happens in.
final class Refusal extends RuntimeException {
    private final transient Answer answer;

    private Refusal(Answer answer, String message) {
        super(message);
        this.answer = answer;
    }

    static Refusal of(int status, String message, Problem... problems) {
        return new Refusal(Answer.error(status, message, List.of(problems)), message);
    }

    static Refusal invalid(String field, String message) {
        return of(400, "Validation failed", new Problem(field, message));
    }

    static Refusal unknown(String what, String id) {
        return of(404, what + " not found: " + id);
    }

    Answer answer() {
        return answer;
    }
}
