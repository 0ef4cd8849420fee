package ai.pathbound.projector.columns.text;

/// Texts of the first 128 units, whose case needs no tables.
final class Ascii {
    private Ascii() {}

    static boolean is(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 127) {
                return false;
            }
        }
        return true;
    }

    static int lower(int unit) {
        return unit >= 'A' && unit <= 'Z' ? unit + 32 : unit;
    }
}
