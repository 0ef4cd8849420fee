package ai.pathbound.mcp.limits;

import org.springframework.boot.context.properties.ConfigurationProperties;

/// How much one user may ask for, and one address without a good credential. 0 turns a limit off.
///
/// @param readsPerMinute messages of a user that change nothing
/// @param writesPerMinute calls of writing tools by a user
/// @param concurrent calls of a user under way at once
/// @param attemptsPerMinute requests from one address without a credential, or with one that is refused
/// @param trackedMax users remembered at most, and addresses
/// @param trustedProxies proxies in front that add to X-Forwarded-For; 0 believes no such header
@ConfigurationProperties("pathbound.limits")
public record CallLimits(int readsPerMinute,
        int writesPerMinute,
        int concurrent,
        int attemptsPerMinute,
        int trackedMax,
        int trustedProxies) {
    public CallLimits {
        atLeast(0, "reads-per-minute", readsPerMinute);
        atLeast(0, "writes-per-minute", writesPerMinute);
        atLeast(0, "concurrent", concurrent);
        atLeast(0, "attempts-per-minute", attemptsPerMinute);
        atLeast(1, "tracked-max", trackedMax);
        atLeast(0, "trusted-proxies", trustedProxies);
    }

    private static void atLeast(int least, String name, int value) {
        if (value < least) {
            throw new IllegalArgumentException(
                    "pathbound.limits." + name + " must be at least " + least + ": " + value);
        }
    }
}
