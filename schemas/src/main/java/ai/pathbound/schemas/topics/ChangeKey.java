package ai.pathbound.schemas.topics;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/// Key of a change record: `<tenant>/<entity kind>/<id>`, UTF-8.
///
/// Tenant and id are limited to visible ASCII without `/`, so keys split without escapes and no
/// part can hold the zero byte that ends a string in stored keys.
public record ChangeKey(String tenant, EntityKind kind, String id) {
    private static final Pattern TENANT = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final Pattern ID = Pattern.compile("[!-.0-~]{1,200}");

    /// Refuses a tenant or id outside the alphabet with an [IllegalArgumentException] naming it.
    public ChangeKey {
        if (!isTenant(tenant)) {
            throw new IllegalArgumentException(
                    "tenant must match " + TENANT + ": '" + tenant + "'");
        }
        if (!isId(id)) {
            throw new IllegalArgumentException("id must match " + ID + ": '" + id + "'");
        }
    }

    /// Whether the text can be a tenant id.
    public static boolean isTenant(String text) {
        return TENANT.matcher(text).matches();
    }

    /// Whether the text can be an entity id. Anything else cannot exist in the read model.
    public static boolean isId(String text) {
        return ID.matcher(text).matches();
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
