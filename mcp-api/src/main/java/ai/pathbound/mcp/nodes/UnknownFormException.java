package ai.pathbound.mcp.nodes;

/// A message of another node cannot be read, probably because its version is another one.
final class UnknownFormException extends RuntimeException {
    UnknownFormException(String message) {
        super(message);
    }
}
