package ai.pathbound.mcp.security;

import ai.pathbound.mcp.caller.Credential;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/// Finds the credential of a request, has it checked and puts the caller into the security context.
/// Requests without a credential go on as anonymous; the authorization rules decide about them.
final class CredentialFilter implements WebFilter {
    private static final String BEARER = "bearer ";
    private static final int SECRET_LENGTH_MAX = 8192;
    private final List<CredentialCheck> checks;

    CredentialFilter(List<CredentialCheck> checks) {
        this.checks = List.copyOf(checks);
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        Optional<Credential> credential = credential(exchange.getRequest().getHeaders());
        if (credential.isEmpty()) {
            return chain.filter(exchange);
        }
        return check(credential.get()).flatMap(verdict -> switch (verdict) {
            case Verdict.Accepted accepted -> chain.filter(exchange)
                    .contextWrite(
                            ReactiveSecurityContextHolder.withAuthentication(
                                    new CallerAuthentication(accepted.caller())));
            case Verdict.Rejected _,Verdict.Unverified _,Verdict.Forbidden _,Verdict.Unavailable _ ->
                Refusals.of(exchange, verdict);
        });
    }

    private Mono<Verdict> check(Credential credential) {
        for (CredentialCheck check : checks) {
            if (check.takes(credential)) {
                return check.check(credential);
            }
        }
        return Mono.just(new Verdict.Rejected());
    }

    private static Optional<Credential> credential(HttpHeaders headers) {
        String authorization = headers.getFirst(HttpHeaders.AUTHORIZATION);
        if (authorization != null) {
            boolean bearer = authorization.regionMatches(true, 0, BEARER, 0, BEARER.length());
            return sendable(bearer ? authorization.substring(BEARER.length()).strip() : "");
        }
        String key = headers.getFirst("x-api-key");
        return key == null ? Optional.empty() : sendable(key.strip());
    }

    /// Text that could not be a secret becomes one nobody has, so that it is refused as such.
    private static Optional<Credential> sendable(String secret) {
        boolean visible = !secret.isEmpty() && secret.length() <= SECRET_LENGTH_MAX
                && secret.chars().allMatch(c -> c > ' ' && c < 127);
        return Optional.of(new Credential(visible ? secret : "?"));
    }
}
