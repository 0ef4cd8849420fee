package ai.pathbound.mcp.limits;

import ai.pathbound.mcp.caller.Caller;
import com.github.benmanes.caffeine.cache.Cache;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// Token buckets per user, one for reads and one for writes, and a bound on calls at once. All
/// credentials of a user share them. Counted in this process, which grants its share of each limit; the
/// most recent users are kept.
@Component
public final class UserLimits {
    /// What a call asks for.
    public enum Kind {
        READ, WRITE
    }

    private static final Duration SOON = Duration.ofSeconds(1);

    private record User(String tenant, String id) {}

    private record Account(Meter reads, Meter writes, AtomicInteger running) {}

    private final CallLimits limits;
    private final Shares shares;
    private final TimeMeter time;
    private final Cache<User, Account> accounts;

    @Autowired
    UserLimits(CallLimits limits, Shares shares) {
        this(limits, shares, TimeMeter.SYSTEM_NANOTIME);
    }

    UserLimits(CallLimits limits, Shares shares, TimeMeter time) {
        this.limits = limits;
        this.shares = shares;
        this.time = time;
        accounts = Meter.cache(limits);
    }

    /// Runs the work if the limits let it; else answers with the refusal.
    ///
    /// @param work told what is left
    public <T> Mono<T> within(Caller caller,
            Kind kind,
            Function<Grant.Passed, Mono<T>> work,
            Function<Grant.Refused, T> refusal) {
        return Mono.defer(() -> {
            Account account = accounts
                    .get(new User(caller.tenant(), caller.userId()), _ -> open());
            if (!enter(account)) {
                return Mono.just(refusal.apply(tooMany()));
            }
            return Mono.using(() -> account, _ -> switch (take(account, kind)) {
                case Grant.Passed passed -> work.apply(passed);
                case Grant.Refused refused -> Mono.just(refusal.apply(refused));
            }, left -> left.running().decrementAndGet());
        });
    }

    private Account open() {
        return new Account(new Meter(shares.of(limits.readsPerMinute()), time),
                new Meter(shares.of(limits.writesPerMinute()), time), new AtomicInteger());
    }

    private boolean enter(Account account) {
        int running = account.running().incrementAndGet();
        if (limits.concurrent() == 0 || running <= shares.of(limits.concurrent())) {
            return true;
        }
        account.running().decrementAndGet();
        return false;
    }

    private Grant.Refused tooMany() {
        return new Grant.Refused(
                "At most " + limits.concurrent() + " calls of a user may be under way at once.",
                Optional.empty(), SOON);
    }

    private Grant take(Account account, Kind kind) {
        return switch (kind) {
            case READ -> account.reads()
                    .take(
                            shares.of(limits.readsPerMinute()),
                            "At most " + limits.readsPerMinute() + " reads per minute and user.");
            case WRITE -> account.writes()
                    .take(
                            shares.of(limits.writesPerMinute()),
                            "At most " + limits.writesPerMinute()
                                    + " writes per minute and user.");
        };
    }
}
