package ai.pathbound.mcp.limits;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pathbound.mcp.caller.Caller;
import ai.pathbound.mcp.caller.Credential;
import ai.pathbound.mcp.limits.UserLimits.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/// Per-user limits on a clock that stands still unless told to move.
final class UserLimitsTest {
    private static final Caller ANA = new Caller("t1", "usr_ana", Set.of(), new Credential("sk_a"));
    private final SteppedTime time = new SteppedTime();
    private int nodes = 1;
    private final UserLimits limits = limits(3, 2, 2);

    @Test
    void bucket_isUsedUp_andFillsWithTime() {
        assertThat(calls(ANA, Kind.READ, 4)).containsExactly("2 left", "1 left", "0 left", "20 s");
        time.pass(Duration.ofSeconds(20));
        assertThat(calls(ANA, Kind.READ, 2)).containsExactly("0 left", "20 s");
        time.pass(Duration.ofMinutes(10));
        assertThat(calls(ANA, Kind.READ, 1)).containsExactly("2 left");
    }

    @Test
    void writes_areCountedApart() {
        assertThat(calls(ANA, Kind.WRITE, 3)).containsExactly("1 left", "0 left", "30 s");
        assertThat(calls(ANA, Kind.READ, 1)).containsExactly("2 left");
    }

    @Test
    void credentialsOfOneUser_shareALimit_usersDoNot() {
        Caller otherKey = new Caller("t1", "usr_ana", Set.of(), new Credential("sk_b"));
        Caller otherTenant = new Caller("t2", "usr_ana", Set.of(), new Credential("sk_c"));
        calls(ANA, Kind.READ, 2);
        assertThat(calls(otherKey, Kind.READ, 1)).containsExactly("0 left");
        assertThat(calls(otherTenant, Kind.READ, 1)).containsExactly("2 left");
    }

    @Test
    void callsAtOnce_areBounded_andCountNoLongerOnceGivenUp() {
        UserLimits roomy = limits(0, 0, 2);
        List<Disposable> running = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            running.add(
                    roomy.within(ANA, Kind.READ, _ -> Mono.never(), _ -> "refused").subscribe());
        }
        assertThat(call(roomy, ANA, Kind.READ)).isEqualTo("1 s");
        running.getFirst().dispose();
        assertThat(call(roomy, ANA, Kind.READ)).isEqualTo("unlimited");
    }

    @Test
    void zero_turnsALimitOff() {
        UserLimits off = limits(0, 0, 0);
        for (int i = 0; i < 1_000; i++) {
            assertThat(call(off, ANA, Kind.WRITE)).isEqualTo("unlimited");
        }
    }

    @Test
    void nodes_shareALimit_alsoWhenTheyComeAndGo() {
        UserLimits shared = limits(600, 30, 0);
        nodes = 3;
        assertThat(call(shared, ANA, Kind.READ)).isEqualTo("199 left");
        assertThat(call(shared, ANA, Kind.WRITE)).isEqualTo("9 left");
        for (int i = 0; i < 99; i++) {
            call(shared, ANA, Kind.READ);
        }
        // Half of its share was used, so half of the larger one is.
        nodes = 2;
        assertThat(call(shared, ANA, Kind.READ)).isEqualTo("149 left");
        nodes = 3;
        assertThat(call(shared, ANA, Kind.READ)).isEqualTo("98 left");
        nodes = 1_000;
        // One write a minute is left to it, of which a tenth was used.
        assertThat(call(shared, ANA, Kind.WRITE)).isEqualTo("6 s");
        time.pass(Duration.ofSeconds(6));
        assertThat(call(shared, ANA, Kind.WRITE)).isEqualTo("0 left");
    }

    @Test
    void callsAtOnce_areSharedByNodes() {
        UserLimits shared = limits(0, 0, 4);
        nodes = 4;
        Disposable running = shared.within(ANA, Kind.READ, _ -> Mono.never(), _ -> "refused")
                .subscribe();
        assertThat(call(shared, ANA, Kind.READ)).isEqualTo("1 s");
        nodes = 2;
        assertThat(call(shared, ANA, Kind.READ)).isEqualTo("unlimited");
        running.dispose();
    }

    @Test
    void nodesThatNobodyCounts_areOne() {
        nodes = 0;
        assertThat(call(limits, ANA, Kind.READ)).isEqualTo("2 left");
    }

    private UserLimits limits(int reads, int writes, int concurrent) {
        return new UserLimits(new CallLimits(reads, writes, concurrent, 0, 10, 0),
                new Shares(() -> nodes), time);
    }

    private List<String> calls(Caller caller, Kind kind, int count) {
        List<String> answers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            answers.add(call(limits, caller, kind));
        }
        return answers;
    }

    private static String call(UserLimits limits, Caller caller, Kind kind) {
        return limits.within(
                caller,
                kind,
                passed -> Mono
                        .just(passed.quota()
                                .map(left -> left.left() + " left")
                                .orElse("unlimited")),
                refused -> refused.headers().get("Retry-After") + " s")
                .blockOptional()
                .orElseThrow();
    }
}
