package ai.pathbound.mcp.transport;

/// What a client has sent, as it may stand in a line of the log: short, and without characters that
/// begin a new line or steer a terminal.
final class LogText {
    private static final int LENGTH_MAX = 80;

    private LogText() {}

    static String of(String sent) {
        String cut = sent.length() > LENGTH_MAX ? sent.substring(0, LENGTH_MAX) + "…" : sent;
        return cut.replaceAll("[\\p{C}\\u2028\\u2029]", "?");
    }
}
