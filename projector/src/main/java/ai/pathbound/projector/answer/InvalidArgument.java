package ai.pathbound.projector.answer;

/// An argument only the data can judge, such as the name of a field, is not valid.
final class InvalidArgument extends Exception {
    private final String field;

    /// @param field the argument
    /// @param message what is wrong and what would be right
    InvalidArgument(String field, String message) {
        super(message);
        this.field = field;
    }

    String field() {
        return field;
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
