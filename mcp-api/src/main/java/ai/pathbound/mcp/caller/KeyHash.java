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
    /// Never used itself: copies need neither a look for a provider nor the key put in again.
    private final Mac keyed;

    /// A hash nobody else computes.
    public KeyHash() {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        try {
            keyed = Mac.getInstance(ALGORITHM);
            keyed.init(new SecretKeySpec(random, ALGORITHM));
        } catch (GeneralSecurityException absent) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, absent);
        }
    }

    /// The hash in hexadecimal digits.
    public String of(Credential credential) {
        try {
            Mac mac = (Mac) keyed.clone();
            return HexFormat.of()
                    .formatHex(mac.doFinal(credential.secret().getBytes(StandardCharsets.UTF_8)));
        } catch (CloneNotSupportedException absent) {
            throw new IllegalStateException("the JDK's " + ALGORITHM + " can be copied", absent);
        }
    }
}
