package ai.pathbound.mcp.security;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pathbound.mcp.backend.AuthStatus;
import ai.pathbound.mcp.backend.Backend;
import ai.pathbound.mcp.backend.Write;
import ai.pathbound.mcp.backend.WriteOutcome;
import ai.pathbound.mcp.caller.Credential;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/// What checking a remembered API key adds to a call. Not run by the build; to run it:
///
///     ./mvnw test -pl mcp-api -am -Dtest=KeyCheckCost -Dsurefire.failIfNoSpecifiedTests=false
final class KeyCheckCost {
    private static final int WARM_UP = 200_000;
    private static final int CALLS = 200_000;

    @Test
    void rememberedKey_isCheckedWithoutTheBackend() {
        AtomicInteger asked = new AtomicInteger();
        ApiKeyCheck check = new ApiKeyCheck(new Known(asked),
                new KeySettings(Duration.ofHours(1), Duration.ofSeconds(10), Duration.ZERO,
                        10_000));
        long[] nanos = new long[CALLS];
        for (int i = -WARM_UP; i < CALLS; i++) {
            // As a request does it: its own text of the key, both questions of the filter.
            Credential credential = new Credential("sk_live_" + "4f9a0c".repeat(5));
            long begin = System.nanoTime();
            boolean paid = check.asksOthers(credential);
            Verdict verdict = check.check(credential).block();
            long took = System.nanoTime() - begin;
            assertThat(verdict).isInstanceOf(Verdict.Accepted.class);
            if (i >= 0) {
                assertThat(paid).isFalse();
                nanos[i] = took;
            }
        }
        assertThat(asked).hasValue(1);
        Arrays.sort(nanos);
        System.out.printf(
                "check of a remembered key: p50 %.2f µs, p99 %.2f µs%n",
                nanos[CALLS / 2] / 1e3,
                nanos[CALLS / 100 * 99] / 1e3);
    }

    /// A backend that knows every key and counts how often it is asked.
    private record Known(AtomicInteger asked) implements Backend {
        @Override
        public Mono<AuthStatus> authStatus(Credential credential) {
            asked.incrementAndGet();
            return Mono.just(new AuthStatus.Known("t1", "usr_1", Set.of("events:read")));
        }

        @Override
        public Mono<WriteOutcome> write(Credential credential, Write write) {
            return Mono.never();
        }
    }
}
