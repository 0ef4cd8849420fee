package ai.pathbound.mcp.caller;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Hashes secrets for use as cache keys: HMAC-SHA-256 under a key drawn at start, so that a heap dump
/// shows neither the secrets nor anything to test guesses against elsewhere.
public final class KeyHash {
    private static final String ALGORITHM = "HmacSHA256";
    private final SecretKeySpec key;

    /// A hash nobody else computes.
    public KeyHash() {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        key = new SecretKeySpec(random, ALGORITHM);
    }

    /// The hash in hexadecimal digits.
    public String of(Credential credential) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return HexFormat.of()
                    .formatHex(mac.doFinal(credential.secret().getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException absent) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, absent);
        }
    }
}
