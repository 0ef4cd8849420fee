package ai.pathbound.mcp.security;

import ai.pathbound.mcp.backend.AuthStatus;
import ai.pathbound.mcp.backend.Backend;
import ai.pathbound.mcp.backend.CredentialRefused;
import ai.pathbound.mcp.caller.Caller;
import ai.pathbound.mcp.caller.Credential;
import ai.pathbound.mcp.caller.KeyHash;
import ai.pathbound.schemas.topics.ChangeKey;
import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import java.time.Duration;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// Checks API keys with the backend and remembers its verdicts, by hash of the key. Requests that
/// come with the same key while it is being checked share one call. While the backend cannot be
/// asked, keys it has lately accepted go on for a grace, and others are not let in.
@Component
final class ApiKeyCheck implements CredentialCheck {
    /// How long "the backend does not answer" is believed: a pause for the backend, hardly one for
    /// the caller.
    private static final Duration UNAVAILABLE_FOR = Duration.ofSeconds(1);

    private record Remembered(Verdict verdict, Duration lifetime) {}

    private final Backend backend;
    private final KeySettings settings;
    private final KeyHash hash = new KeyHash();
    private final AsyncCache<String, Remembered> verdicts;
    private final Cache<String, Verdict.Accepted> lately;

    ApiKeyCheck(Backend backend, KeySettings settings) {
        this.backend = backend;
        this.settings = settings;
        verdicts = Caffeine.newBuilder()
                .maximumSize(settings.cachedMax())
                .expireAfter(
                        Expiry.<String, Remembered>creating(
                                (_, remembered) -> remembered.lifetime()))
                .buildAsync();
        lately = Caffeine.newBuilder()
                .maximumSize(settings.cachedMax())
                .expireAfterWrite(settings.acceptedFor().plus(settings.grace()))
                .build();
    }

    @Override
    public boolean takes(Credential credential) {
        return credential.isApiKey();
    }

    @Override
    public boolean asksOthers(Credential credential) {
        String key = hash.of(credential);
        return verdicts.getIfPresent(key) == null && lately.getIfPresent(key) == null;
    }

    @Override
    public Mono<Verdict> check(Credential credential) {
        // A caller that hangs up must not cancel the call others wait for.
        return Mono.fromFuture(
                () -> verdicts.get(hash.of(credential),
                        (key, executor) -> ask(key, credential).toFuture()),
                true)
                .map(Remembered::verdict);
    }

    /// The backend is the authority: a key it refuses on a call is asked about again.
    @EventListener
    void forget(CredentialRefused refused) {
        String key = hash.of(refused.credential());
        lately.invalidate(key);
        verdicts.synchronous().invalidate(key);
    }

    private Mono<Remembered> ask(String key, Credential credential) {
        return backend.authStatus(credential)
                .map(status -> remembered(key, verdict(credential, status)));
    }

    private Remembered remembered(String key, Verdict verdict) {
        return switch (verdict) {
            case Verdict.Accepted accepted -> {
                lately.put(key, accepted);
                yield new Remembered(accepted, settings.acceptedFor());
            }
            case Verdict.Rejected _,Verdict.Unverified _,Verdict.Forbidden _ -> {
                lately.invalidate(key);
                yield new Remembered(verdict, settings.refusedFor());
            }
            case Verdict.Unavailable _ -> {
                Verdict.Accepted before = lately.getIfPresent(key);
                yield new Remembered(before == null ? verdict : before, UNAVAILABLE_FOR);
            }
        };
    }

    private static Verdict verdict(Credential credential, AuthStatus status) {
        return switch (status) {
            case AuthStatus.Known known when ChangeKey.isTenant(known.tenant()) ->
                new Verdict.Accepted(
                        new Caller(known.tenant(), known.userId(), known.scopes(), credential));
            case AuthStatus.Known _,AuthStatus.Unknown _ -> new Verdict.Rejected();
            case AuthStatus.Unverified _ -> new Verdict.Unverified();
            case AuthStatus.Forbidden _ -> new Verdict.Forbidden();
            case AuthStatus.Unreachable unreachable ->
                new Verdict.Unavailable(unreachable.retryAfter());
        };
    }
}
