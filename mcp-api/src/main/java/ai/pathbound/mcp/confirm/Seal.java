package ai.pathbound.mcp.confirm;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/// Seals what a user is asked, so that the answer counts only for the same call of the same caller, and
/// only for a while. The server keeps nothing.
///
/// Layout, base64url: version (1 byte), expiry in epoch seconds (8), HMAC-SHA-256 (32) over both and
/// the bound texts, each with its length before it. A seal may be used again until it expires: what it
/// permits is deleting one thing, which cannot be done twice.
@Component
public final class Seal {
    private static final String ALGORITHM = "HmacSHA256";
    private static final byte VERSION = 1;
    private static final int HEAD_BYTES = 1 + Long.BYTES;
    private static final int BYTES = HEAD_BYTES + 32;

    private final SecretKeySpec key;
    private final Duration within;
    private final InstantSource clock;

    @Autowired
    Seal(ConfirmSettings settings) {
        this(settings, InstantSource.system());
    }

    Seal(ConfirmSettings settings, InstantSource clock) {
        this.clock = clock;
        byte[] secret = settings.keyBytes();
        if (secret.length == 0) {
            secret = new byte[32];
            new SecureRandom().nextBytes(secret);
        }
        key = new SecretKeySpec(secret, ALGORITHM);
        within = settings.within();
    }

    /// A seal over these texts.
    public String over(List<String> bound) {
        byte[] head = ByteBuffer.allocate(HEAD_BYTES)
                .put(VERSION)
                .putLong(clock.instant().plus(within).getEpochSecond())
                .array();
        byte[] sealed = ByteBuffer.allocate(BYTES).put(head).put(mac(head, bound)).array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
    }

    /// Whether this is a seal over these texts that has not expired.
    public boolean opens(String sealed, List<String> bound) {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(sealed);
        } catch (IllegalArgumentException broken) {
            return false;
        }
        if (bytes.length != BYTES || bytes[0] != VERSION) {
            return false;
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        byte[] head = new byte[HEAD_BYTES];
        byte[] mac = new byte[BYTES - HEAD_BYTES];
        buffer.get(head).get(mac);
        return MessageDigest.isEqual(mac, mac(head, bound))
                && clock.instant().isBefore(Instant.ofEpochSecond(buffer.getLong(1)));
    }

    private byte[] mac(byte[] head, List<String> bound) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update(head);
            for (String text : bound) {
                byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
                mac.update(bytes);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException absent) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, absent);
        }
    }
}
