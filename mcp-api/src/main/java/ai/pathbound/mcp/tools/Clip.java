package ai.pathbound.mcp.tools;

/// Shortens texts that come from elsewhere.
final class Clip {
    private Clip() {}

    /// The text, or its start and an ellipsis; never half a character, which has no UTF-8 form.
    static String to(int lengthMax, String text) {
        if (text.length() <= lengthMax) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(lengthMax - 1))
                ? lengthMax - 1
                : lengthMax;
        return text.substring(0, end) + "…";
    }
}
