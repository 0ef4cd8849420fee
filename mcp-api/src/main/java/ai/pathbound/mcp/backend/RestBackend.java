package ai.pathbound.mcp.backend;

import ai.pathbound.mcp.caller.Credential;
import ai.pathbound.mcp.errors.ErrorCode;
import ai.pathbound.schemas.topics.ChangeKey;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// The backend over REST.
@Component
final class RestBackend implements Backend {
    private static final Duration SOON = Duration.ofSeconds(2);
    private final BackendHttp http;
    private final InstantSource clock = InstantSource.system();

    RestBackend(BackendSettings settings,
            LimitSettings limit,
            BreakerSettings breaker,
            ApplicationEventPublisher events) {
        http = new BackendHttp(settings, limit, breaker, clock,
                refused -> events.publishEvent(new CredentialRefused(refused)));
    }

    @Override
    public Mono<AuthStatus> authStatus(Credential credential) {
        return http.sendAnyway(credential, RestRequests.AUTH_STATUS)
                .map(exchange -> switch (exchange) {
                    case Exchange.Answered(RestAnswer answer) -> RestAnswers.authStatus(answer);
                    case Exchange.NotSent notSent ->
                        new AuthStatus.Unreachable(notSent.retryAfter());
                    case Exchange.Lost _ -> new AuthStatus.Unreachable(SOON);
                });
    }

    @Override
    public Mono<WriteOutcome> write(Credential credential, Write write) {
        return Mono.defer(() -> {
            RestRequest request = RestRequests.of(write);
            return request.variables().stream().allMatch(RestBackend::canBeId)
                    ? new Carrying(http, credential, write, request, clock.instant()).run()
                    : Mono.just(
                            WriteOutcome.Refused
                                    .of(ErrorCode.NOT_FOUND, "There is no such entity."));
        });
    }

    /// An id of dots would lead to another path of the backend.
    private static boolean canBeId(String text) {
        return ChangeKey.isId(text) && !text.equals(".") && !text.equals("..");
    }
}
