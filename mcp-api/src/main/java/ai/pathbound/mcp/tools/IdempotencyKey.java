package ai.pathbound.mcp.tools;

import ai.pathbound.mcp.caller.Caller;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;

/// The key under which a create has one effect.
///
/// @param given what the caller sent, or what it can send to repeat the call
/// @param sent what the backend gets: a digest that fits a header and belongs to one user and tool, so
///     that equal keys of two users do not meet
record IdempotencyKey(String given, String sent) {
    static IdempotencyKey of(Caller caller, String tool, Arguments arguments) {
        String given = arguments.textMaybe("idempotency_key")
                .orElseGet(() -> UUID.randomUUID().toString());
        return new IdempotencyKey(given,
                digest(List.of(caller.tenant(), caller.userId(), tool, given)));
    }

    private static String digest(List<String> texts) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            for (String text : texts) {
                sha.update(text.getBytes(StandardCharsets.UTF_8));
                sha.update((byte) 0);
            }
            return HexFormat.of().formatHex(sha.digest(), 0, 16);
        } catch (GeneralSecurityException absent) {
            throw new IllegalStateException("every JDK has SHA-256", absent);
        }
    }
}
