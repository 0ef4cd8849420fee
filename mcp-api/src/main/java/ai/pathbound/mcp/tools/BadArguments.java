package ai.pathbound.mcp.tools;

import java.util.List;

/// Arguments that are well-formed one by one and still make no question.
final class BadArguments extends Exception {
    private final List<FieldProblem> problems;

    BadArguments(FieldProblem... problems) {
        super(List.of(problems).toString());
        this.problems = List.of(problems);
    }

    List<FieldProblem> problems() {
        return problems;
    }
}
