package ai.pathbound.mcp.security;

import ai.pathbound.mcp.caller.Caller;
import ai.pathbound.mcp.caller.Credential;
import ai.pathbound.mcp.limits.Attempts;
import ai.pathbound.mcp.limits.Grant;
import java.util.List;
import java.util.Optional;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcher;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcher.MatchResult;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/// Finds the credential of a request, has it checked and puts the caller into the security context.
/// Requests without a credential go on as anonymous; the authorization rules decide about them.
///
/// Refused credentials count against the client's address. One that takes a question to the backend
/// counts beforehand, so that guesses at once are not more than guesses in turn; a good one is given
/// back. Keys that are remembered work even from an address that has none left.
final class CredentialFilter implements WebFilter {
    private final List<CredentialCheck> checks;
    private final ServerWebExchangeMatcher open;
    private final Attempts attempts;
    private final Refusals refusals;

    /// @param open what needs no credential; a stale one does no harm there
    CredentialFilter(List<CredentialCheck> checks,
            ServerWebExchangeMatcher open,
            Attempts attempts,
            Refusals refusals) {
        this.checks = List.copyOf(checks);
        this.open = open;
        this.attempts = attempts;
        this.refusals = refusals;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        return open.matches(exchange)
                .map(MatchResult::isMatch)
                .flatMap(
                        isOpen -> isOpen
                                ? chain.filter(exchange)
                                : switch (Presented.in(exchange.getRequest().getHeaders())) {
                                    case Presented.Nothing _ -> chain.filter(exchange);
                                    case Presented.Several _ -> refusals.ambiguous(exchange);
                                    case Presented.One(Credential credential) ->
                                        checked(exchange, chain, credential);
                                });
    }

    private Mono<Void> checked(ServerWebExchange exchange,
            WebFilterChain chain,
            Credential credential) {
        Optional<CredentialCheck> check = checks.stream()
                .filter(kind -> kind.takes(credential))
                .findFirst();
        boolean paid = check.filter(kind -> kind.asksOthers(credential)).isPresent();
        ServerHttpRequest request = exchange.getRequest();
        if (paid && attempts.take(request) instanceof Grant.Refused refused) {
            return refusals.limited(exchange, refused);
        }
        return check.map(kind -> kind.check(credential))
                .orElseGet(() -> Mono.just(new Verdict.Rejected()))
                .flatMap(verdict -> switch (verdict) {
                    case Verdict.Accepted(Caller caller) -> {
                        if (paid) {
                            attempts.giveBack(request);
                        }
                        yield chain.filter(exchange)
                                .contextWrite(
                                        ReactiveSecurityContextHolder.withAuthentication(
                                                new CallerAuthentication(caller)));
                    }
                    // Nobody has said that it is a wrong one.
                    case Verdict.Unavailable unavailable ->
                        refusals.of(exchange, unavailable);
                    case Verdict.Refusal refusal -> !paid
                            && attempts.take(request) instanceof Grant.Refused refused
                                    ? refusals.limited(exchange, refused)
                                    : refusals.of(exchange, refusal);
                });
    }
}
