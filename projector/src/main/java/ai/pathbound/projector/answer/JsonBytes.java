package ai.pathbound.projector.answer;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// JSON being written as UTF-8, token by token, with commas where they belong. The tokens have to make
/// sense; nothing here checks that.
///
/// Stands here and not a library's generator because answers are hundreds of short texts, whose
/// characters are copied once here, and three times there.
final class JsonBytes {
    private static final int START_BYTES = 4096;
    /// Most bytes a character takes: `\u0001`.
    private static final int UNIT_BYTES_MAX = 6;
    private static final int LONG_DIGITS_MAX = 20;
    private static final int REPLACEMENT = 0xFFFD;
    private static final char[] HEX = "0123456789ABCDEF".toCharArray();
    /// Which characters stand in a JSON text as they are, of those that are one byte.
    private static final boolean[] PLAIN = plain();

    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);

    private byte[] bytes = new byte[START_BYTES];
    private int at;
    /// Whether what comes next needs a comma before it.
    private boolean follows;

    private static boolean[] plain() {
        boolean[] plain = new boolean[0x80];
        Arrays.fill(plain, ' ', plain.length, true);
        plain['"'] = false;
        plain['\\'] = false;
        return plain;
    }

    byte[] toArray() {
        return Arrays.copyOf(bytes, at);
    }

    /// Begins an object or array.
    void begin(char bracket) {
        room(2);
        separate();
        bytes[at++] = (byte) bracket;
        follows = false;
    }

    void end(char bracket) {
        room(1);
        bytes[at++] = (byte) bracket;
        follows = true;
    }

    void name(String name) {
        text(name);
        room(1);
        bytes[at++] = ':';
        follows = false;
    }

    void text(String text) {
        int length = text.length();
        room(length + 3);
        separate();
        byte[] to = bytes;
        int end = at;
        to[end++] = '"';
        int read = 0;
        for (; read < length; read++) {
            char unit = text.charAt(read);
            if (unit >= PLAIN.length || !PLAIN[unit]) {
                break;
            }
            to[end++] = (byte) unit;
        }
        at = end;
        if (read < length) {
            escaped(text, read);
        }
        bytes[at++] = '"';
        follows = true;
    }

    /// The rest of a text, from the first character on that is more than one byte.
    private void escaped(String text, int begin) {
        room(Math.addExact(Math.multiplyExact(text.length() - begin, UNIT_BYTES_MAX), 1));
        for (int i = begin; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (unit < PLAIN.length) {
                ascii(unit);
            } else if (!Character.isSurrogate(unit)) {
                utf8(unit);
            } else if (i + 1 < text.length()
                    && Character.isSurrogatePair(unit, text.charAt(i + 1))) {
                utf8(Character.toCodePoint(unit, text.charAt(++i)));
            } else {
                // Half a character: a text that was cut there.
                utf8(REPLACEMENT);
            }
        }
    }

    private void ascii(char unit) {
        if (PLAIN[unit]) {
            bytes[at++] = (byte) unit;
            return;
        }
        bytes[at++] = '\\';
        switch (unit) {
            case '"', '\\' -> bytes[at++] = (byte) unit;
            case '\n' -> bytes[at++] = 'n';
            case '\r' -> bytes[at++] = 'r';
            case '\t' -> bytes[at++] = 't';
            case '\b' -> bytes[at++] = 'b';
            case '\f' -> bytes[at++] = 'f';
            default -> {
                bytes[at++] = 'u';
                bytes[at++] = '0';
                bytes[at++] = '0';
                bytes[at++] = (byte) HEX[unit >> 4];
                bytes[at++] = (byte) HEX[unit & 0xF];
            }
        }
    }

    private void utf8(int point) {
        if (point < 0x800) {
            bytes[at++] = (byte) (0xC0 | point >> 6);
        } else {
            if (point < 0x10000) {
                bytes[at++] = (byte) (0xE0 | point >> 12);
            } else {
                bytes[at++] = (byte) (0xF0 | point >> 18);
                bytes[at++] = continued(point >> 12);
            }
            bytes[at++] = continued(point >> 6);
        }
        bytes[at++] = continued(point);
    }

    /// A byte of UTF-8 after the first of a character, with its six lowest bits.
    private static byte continued(int bits) {
        return (byte) (0x80 | (bits & 0x3F));
    }

    void nothing() {
        raw(NULL);
    }

    void flag(boolean value) {
        raw(value ? TRUE : FALSE);
    }

    void number(long number) {
        if (number == Long.MIN_VALUE) {
            raw(Long.toString(number));
            return;
        }
        room(LONG_DIGITS_MAX + 1);
        separate();
        if (number < 0) {
            bytes[at++] = '-';
        }
        long left = Math.abs(number);
        int end = at + 1;
        for (long more = left / 10; more > 0; more /= 10) {
            end++;
        }
        for (int digit = end - 1; digit >= at; digit--) {
            bytes[digit] = (byte) ('0' + left % 10);
            left /= 10;
        }
        at = end;
        follows = true;
    }

    /// A value that is JSON already.
    void raw(String json) {
        raw(json.getBytes(StandardCharsets.UTF_8));
    }

    private void raw(byte[] json) {
        room(json.length + 1);
        separate();
        System.arraycopy(json, 0, bytes, at, json.length);
        at += json.length;
        follows = true;
    }

    /// A text whose bytes need no escapes.
    void plain(byte[] text) {
        room(text.length + 3);
        separate();
        bytes[at++] = '"';
        System.arraycopy(text, 0, bytes, at, text.length);
        at += text.length;
        bytes[at++] = '"';
        follows = true;
    }

    private void separate() {
        if (follows) {
            bytes[at++] = ',';
        }
    }

    private void room(int more) {
        if (bytes.length - at < more) {
            bytes = Arrays.copyOf(bytes,
                    Math.max(Math.multiplyExact(bytes.length, 2),
                            Math.addExact(at, more)));
        }
    }
}
