package ai.pathbound.mcp.nodes;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// Signs requests between nodes with the secret they share, and checks signatures.
///
///     Authorization: pathbound-node <UTC milliseconds> <HMAC-SHA256 as hex>
///
/// Signed are the time, the path and the body. The secret itself never travels. A signature is good for
/// half a minute; whoever replays one within it reads again what he could read anyway, because
/// requests between nodes change nothing.
final class NodeSecret {
    private static final String ALGORITHM = "HmacSHA256";
    private static final String SCHEME = "pathbound-node";
    private static final Duration GOOD_FOR = Duration.ofSeconds(30);

    private final SecretKeySpec key;
    private final InstantSource clock;

    NodeSecret(String secret, InstantSource clock) {
        key = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM);
        this.clock = clock;
    }

    /// The header's value for a request.
    String sign(String path, byte[] body) {
        long now = clock.millis();
        return SCHEME + " " + now + " " + HexFormat.of().formatHex(mac(now, path, body));
    }

    /// Whether a node that knows the secret has sent this, a moment ago.
    boolean isGood(@Nullable String header, String path, byte[] body) {
        String[] parts = header == null ? new String[0] : header.split(" ", -1);
        if (parts.length != 3 || !parts[0].equals(SCHEME)) {
            return false;
        }
        try {
            long at = Long.parseLong(parts[1]);
            byte[] given = HexFormat.of().parseHex(parts[2]);
            // Both are looked at, so that time tells nothing about the signature.
            boolean signed = MessageDigest.isEqual(given, mac(at, path, body));
            long now = clock.millis();
            return signed && at > now - GOOD_FOR.toMillis() && at < now + GOOD_FOR.toMillis();
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }

    private byte[] mac(long at, String path, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update((at + "\n" + path + "\n").getBytes(StandardCharsets.UTF_8));
            return mac.doFinal(body);
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("each JDK has " + ALGORITHM, e);
        }
    }
}
