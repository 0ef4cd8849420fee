package ai.pathbound.mcp.security;

import ai.pathbound.mcp.backend.AuthStatus;
import ai.pathbound.mcp.backend.Backend;
import ai.pathbound.mcp.caller.Caller;
import ai.pathbound.mcp.caller.Credential;
import ai.pathbound.mcp.caller.KeyHash;
import ai.pathbound.schemas.topics.ChangeKey;
import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import java.time.Duration;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// Checks API keys with the backend and remembers its verdicts, by hash of the key. Requests that
/// come with the same key while it is being checked share one call.
@Component
final class ApiKeyCheck implements CredentialCheck {
    /// How long "the backend does not answer" is believed: a pause for the backend, hardly one for
    /// the caller.
    private static final Duration UNAVAILABLE_FOR = Duration.ofSeconds(1);

    private final Backend backend;
    private final KeyHash hash = new KeyHash();
    private final AsyncCache<String, Verdict> verdicts;

    ApiKeyCheck(Backend backend, KeySettings settings) {
        this.backend = backend;
        verdicts = Caffeine.newBuilder()
                .maximumSize(settings.cachedMax())
                .expireAfter(
                        Expiry.<String, Verdict>creating(
                                (key, verdict) -> lifetime(verdict, settings)))
                .buildAsync();
    }

    @Override
    public boolean takes(Credential credential) {
        return credential.isApiKey();
    }

    @Override
    public Mono<Verdict> check(Credential credential) {
        // A caller that hangs up must not cancel the call others wait for.
        return Mono.fromFuture(
                () -> verdicts.get(hash.of(credential),
                        (key, executor) -> ask(credential).toFuture()),
                true);
    }

    private Mono<Verdict> ask(Credential credential) {
        return backend.authStatus(credential).map(status -> verdict(credential, status));
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

    private static Duration lifetime(Verdict verdict, KeySettings settings) {
        return switch (verdict) {
            case Verdict.Accepted _ -> settings.acceptedFor();
            case Verdict.Rejected _,Verdict.Unverified _,Verdict.Forbidden _ ->
                settings.refusedFor();
            case Verdict.Unavailable _ -> UNAVAILABLE_FOR;
        };
    }
}
