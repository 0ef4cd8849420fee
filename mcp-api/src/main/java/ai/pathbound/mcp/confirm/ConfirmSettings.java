package ai.pathbound.mcp.confirm;

import java.time.Duration;
import java.util.Base64;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// How deletes are confirmed.
///
/// @param required whether a client that cannot ask its user must confirm in a second call
/// @param within how long a question may stay unanswered
/// @param key base64 of at least 32 random bytes, the same on each node; empty for a key of this
///     process
@ConfigurationProperties("pathbound.confirm")
public record ConfirmSettings(boolean required, Duration within, String key) {
    private static final int KEY_BYTES_MIN = 32;

    public ConfirmSettings {
        if (!within.isPositive()) {
            throw new IllegalArgumentException(
                    "pathbound.confirm.within must be positive: " + within);
        }
        if (!key.isEmpty() && decoded(key).length < KEY_BYTES_MIN) {
            throw new IllegalArgumentException("pathbound.confirm.key must be base64 of at least "
                    + KEY_BYTES_MIN + " bytes");
        }
    }

    byte[] keyBytes() {
        return decoded(key);
    }

    /// Keys are secrets, so the value is not named.
    private static byte[] decoded(String key) {
        try {
            return Base64.getDecoder().decode(key);
        } catch (IllegalArgumentException broken) {
            throw new IllegalArgumentException("pathbound.confirm.key must be base64", broken);
        }
    }

    @Override
    public String toString() {
        return "ConfirmSettings[required=" + required + ", within=" + within + "]";
    }
}
