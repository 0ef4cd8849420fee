package ai.pathbound.mcp.security;

import ai.pathbound.mcp.caller.Caller;
import ai.pathbound.mcp.caller.Credential;
import ai.pathbound.schemas.topics.ChangeKey;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// Checks access tokens: everything that is no API key, where an issuer is configured.
@Component
final class TokenCheck implements CredentialCheck {
    private static final Logger LOG = LoggerFactory.getLogger(TokenCheck.class);
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final int USER_LENGTH_MAX = 255;

    private final OAuthSettings settings;
    private final IssuerKeys keys;
    private final ReactiveJwtDecoder decoder;

    TokenCheck(OAuthSettings settings) {
        this.settings = settings;
        keys = new IssuerKeys(settings);
        decoder = TokenDecoder.of(settings, keys.cached());
    }

    @Override
    public boolean takes(Credential credential) {
        return settings.enabled() && !credential.isApiKey();
    }

    /// Keys are fetched seldom, whatever tokens come.
    @Override
    public boolean asksOthers(Credential credential) {
        return false;
    }

    @Override
    public Mono<Verdict> check(Credential credential) {
        return decoder.decode(credential.secret())
                .map(token -> verdict(token, credential))
                .onErrorResume(failure -> Mono.just(trouble(failure)));
    }

    /// The signature shows where the token is from, not that its claims make sense here.
    private Verdict verdict(Jwt token, Credential credential) {
        return token.getClaim(settings.tenantClaim()) instanceof String tenant
                && token.getClaim(settings.userClaim()) instanceof String user
                && ChangeKey.isTenant(tenant) && !user.isBlank()
                && user.length() <= USER_LENGTH_MAX
                        ? new Verdict.Accepted(new Caller(tenant, user, scopes(token), credential))
                        : new Verdict.Rejected();
    }

    /// Separated by spaces (RFC 9068) or a list, as some servers have it.
    private Set<String> scopes(Jwt token) {
        Collection<?> words = switch (token.getClaim(settings.scopeClaim())) {
            case String text -> List.of(text.strip().split(" +"));
            case Collection<?> list -> list;
            case null, default -> List.of();
        };
        Set<String> scopes = new HashSet<>();
        words.forEach(word -> scopes.add(String.valueOf(word)));
        return scopes;
    }

    /// A token signed with a key nobody knows is bad, unless the keys could not be had.
    private Verdict trouble(Throwable failure) {
        if (!(failure.getCause() instanceof KeySourceException noKeys)
                || (noKeys instanceof RateLimitReachedException && !keys.away())) {
            return new Verdict.Rejected();
        }
        LOG.warn(
                "The keys of {} cannot be fetched: {}",
                settings.issuer(),
                noKeys.getClass().getSimpleName());
        return new Verdict.Unavailable(SOON);
    }
}
