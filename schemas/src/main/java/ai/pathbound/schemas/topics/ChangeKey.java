package ai.pathbound.schemas.topics;

import java.nio.charset.StandardCharsets;

/// Key of a change record: `<tenant>/<entity kind>/<id>`, UTF-8.
///
/// Tenant and id are limited to visible ASCII without `/`, so keys split without escapes and no
/// part can hold the zero byte that ends a string in stored keys.
public record ChangeKey(String tenant, EntityKind kind, String id) {
    private static final int TENANT_CHARS_MAX = 64;
    private static final int ID_CHARS_MAX = 200;

    /// Refuses a tenant or id outside the alphabet with an [IllegalArgumentException] naming it.
    public ChangeKey {
        if (!isTenant(tenant)) {
            throw new IllegalArgumentException(
                    "tenant must match [A-Za-z0-9._-]{1," + TENANT_CHARS_MAX + "}: '" + tenant
                            + "'");
        }
        if (!isId(id)) {
            throw new IllegalArgumentException(
                    "id must match [!-.0-~]{1," + ID_CHARS_MAX + "}: '" + id + "'");
        }
    }

    /// Whether the text can be a tenant id.
    public static boolean isTenant(String text) {
        if (text.isEmpty() || text.length() > TENANT_CHARS_MAX) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            boolean isLetter = (unit >= 'a' && unit <= 'z') || (unit >= 'A' && unit <= 'Z');
            boolean isDigit = unit >= '0' && unit <= '9';
            if (!isLetter && !isDigit && unit != '.' && unit != '_' && unit != '-') {
                return false;
            }
        }
        return true;
    }

    /// Whether the text can be an entity id. Anything else cannot exist in the read model.
    public static boolean isId(String text) {
        if (text.isEmpty() || text.length() > ID_CHARS_MAX) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (unit < '!' || unit > '~' || unit == '/') {
                return false;
            }
        }
        return true;
    }

    /// Parses the bytes of a record key; throws [IllegalArgumentException] saying what is wrong.
    public static ChangeKey parse(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        int first = text.indexOf('/');
        int second = text.indexOf('/', first + 1);
        if (first < 0 || second < 0) {
            throw new IllegalArgumentException(
                    "key must read <tenant>/<entity kind>/<id>: '" + clip(text) + "'");
        }
        String word = text.substring(first + 1, second);
        EntityKind kind = EntityKind.ofWord(word)
                .orElseThrow(
                        () -> new IllegalArgumentException(
                                "unknown entity kind '" + clip(word) + "'"));
        return new ChangeKey(text.substring(0, first), kind, text.substring(second + 1));
    }

    public byte[] toBytes() {
        return toString().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return tenant + '/' + kind.word() + '/' + id;
    }

    private static String clip(String text) {
        return text.length() <= 80 ? text : text.substring(0, 80) + "…";
    }
}
