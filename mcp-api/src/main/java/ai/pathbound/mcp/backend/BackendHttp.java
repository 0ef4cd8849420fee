package ai.pathbound.mcp.backend;

import ai.pathbound.mcp.caller.Credential;
import ai.pathbound.mcp.errors.ErrorCode;
import ai.pathbound.mcp.json.Wire;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.bulkhead.BulkheadFullException;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.reactor.bulkhead.operator.BulkheadOperator;
import io.github.resilience4j.reactor.circuitbreaker.operator.CircuitBreakerOperator;
import io.netty.channel.ChannelOption;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javax.net.ssl.SSLHandshakeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.http.MediaType;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClient.RequestBodySpec;
import org.springframework.web.reactive.function.client.WebClient.RequestHeadersSpec;
import org.springframework.web.util.UriBuilder;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.util.retry.Retry;

/// Sends requests to the backend: bounded in number and time, not while the backend is down, and not
/// beyond its limit. Sends a request a second time only when no connection came about, which is the
/// one failure that surely did nothing.
final class BackendHttp {
    private static final Logger LOG = LoggerFactory.getLogger(BackendHttp.class);
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final int TRIALS = 3;

    private final WebClient client;
    private final Duration answerWithin;
    private final Duration openFor;
    private final Budget budget;
    private final Bulkhead bulkhead;
    private final CircuitBreaker breaker;
    private final Consumer<Credential> onRefused;

    BackendHttp(BackendSettings settings,
            LimitSettings limit,
            BreakerSettings breaking,
            InstantSource clock,
            Consumer<Credential> onRefused) {
        this.onRefused = onRefused;
        client = client(settings);
        // The response timeout restarts with each chunk; this bounds the whole exchange.
        answerWithin = settings.responseTimeout().plus(settings.connectTimeout().multipliedBy(2));
        openFor = breaking.openFor();
        budget = new Budget(limit, clock);
        bulkhead = Bulkhead.of(
                "backend",
                BulkheadConfig.custom().maxConcurrentCalls(settings.connectionsMax()).build());
        breaker = CircuitBreaker.of("backend",
                CircuitBreakerConfig.custom()
                        .slidingWindow(
                                breaking.calls(),
                                breaking.calls(),
                                SlidingWindowType.COUNT_BASED)
                        .failureRateThreshold(breaking.failurePercent())
                        .waitDurationInOpenState(openFor)
                        .permittedNumberOfCallsInHalfOpenState(TRIALS)
                        .recordResult(
                                answer -> answer instanceof RestAnswer said
                                        && said.status() >= 500)
                        .build());
        breaker.getEventPublisher()
                .onStateTransition(
                        event -> LOG.warn(
                                "Circuit breaker of the backend: {}",
                                event.getStateTransition()));
    }

    private static WebClient client(BackendSettings settings) {
        ConnectionProvider connections = ConnectionProvider.builder("backend")
                .maxConnections(settings.connectionsMax())
                .pendingAcquireTimeout(settings.responseTimeout())
                .maxIdleTime(Duration.ofSeconds(30))
                .build();
        HttpClient http = HttpClient.create(connections)
                .option(
                        ChannelOption.CONNECT_TIMEOUT_MILLIS,
                        Math.toIntExact(settings.connectTimeout().toMillis()))
                .responseTimeout(settings.responseTimeout())
                // By default a request is sent again when its connection is reset, writes included.
                .disableRetry(true);
        return WebClient.builder()
                .baseUrl(settings.url().toString())
                .clientConnector(new ReactorClientHttpConnector(http))
                .codecs(
                        codecs -> codecs.defaultCodecs()
                                .maxInMemorySize(
                                        Math.toIntExact(settings.responseMax().toBytes())))
                .build();
    }

    /// Sends, unless the backend is down, would refuse for its limit, or has enough to do.
    Mono<Exchange> send(Credential credential, RestRequest request) {
        return Mono.defer(
                () -> budget.pause(credential, request.isWrite())
                        .<Mono<Exchange>>map(
                                pause -> Mono.just(
                                        new Exchange.NotSent(ErrorCode.RATE_LIMITED, pause)))
                        .orElseGet(
                                () -> settled(
                                        request,
                                        answer(credential, request)
                                                .doOnNext(answer -> heed(credential, answer))
                                                .transformDeferred(
                                                        BulkheadOperator.of(bulkhead)))));
    }

    private void heed(Credential credential, RestAnswer answer) {
        if (answer.status() == 401) {
            onRefused.accept(credential);
        }
    }

    /// Sends unless the backend is down. For checking keys, without which nobody could even read:
    /// they wait for a connection, and try although the limit is thought to be used up.
    Mono<Exchange> sendAnyway(Credential credential, RestRequest request) {
        return settled(request, answer(credential, request));
    }

    private Mono<RestAnswer> answer(Credential credential, RestRequest request) {
        return exchange(credential, request).timeout(answerWithin)
                .doOnNext(answer -> budget.learn(credential, answer))
                .transformDeferred(CircuitBreakerOperator.of(breaker));
    }

    private Mono<Exchange> settled(RestRequest request, Mono<RestAnswer> answer) {
        return answer.<Exchange>map(Exchange.Answered::new)
                .onErrorResume(failure -> Mono.just(trouble(request, failure)));
    }

    private Mono<RestAnswer> exchange(Credential credential, RestRequest request) {
        RequestBodySpec spec = client.method(request.method())
                .uri(builder -> uri(builder, request))
                .accept(MediaType.APPLICATION_JSON)
                .headers(headers -> {
                    headers.setBearerAuth(credential.secret());
                    request.idempotencyKey().ifPresent(key -> headers.set("Idempotency-Key", key));
                });
        RequestHeadersSpec<?> whole = request.body()
                .<RequestHeadersSpec<?>>map(
                        body -> spec.contentType(MediaType.APPLICATION_JSON)
                                .bodyValue(Wire.MAPPER.writeValueAsBytes(body)))
                .orElse(spec);
        return whole.exchangeToMono(BackendHttp::read)
                .doOnSubscribe(_ -> budget.spend(credential))
                .retryWhen(
                        Retry.backoff(1, Duration.ofMillis(50))
                                .filter(BackendHttp::neverSent)
                                .onRetryExhaustedThrow((_, signal) -> signal.failure()));
    }

    private static URI uri(UriBuilder builder, RestRequest request) {
        UriBuilder target = builder.path(request.path());
        List<Object> values = new ArrayList<>(request.variables());
        request.query().forEach((name, value) -> {
            target.queryParam(name, "{" + name + "}");
            values.add(value);
        });
        return target.build(values.toArray());
    }

    private static Mono<RestAnswer> read(ClientResponse response) {
        return response.bodyToMono(byte[].class)
                .defaultIfEmpty(new byte[0])
                .map(
                        bytes -> RestAnswer.of(
                                response.statusCode().value(),
                                response.headers().asHttpHeaders(),
                                bytes));
    }

    private Exchange trouble(RestRequest request, Throwable failure) {
        if (failure instanceof CallNotPermittedException) {
            return new Exchange.NotSent(ErrorCode.BACKEND_UNAVAILABLE, openFor);
        }
        // The kind only: messages may hold the address of the request, and that an e-mail address.
        LOG.warn(
                "{} {} at the backend failed: {}",
                request.method(),
                request.path(),
                NestedExceptionUtils.getMostSpecificCause(failure).getClass().getName());
        if (failure instanceof BulkheadFullException) {
            return new Exchange.NotSent(ErrorCode.OVERLOADED, SOON);
        }
        return neverSent(failure)
                ? new Exchange.NotSent(ErrorCode.BACKEND_UNAVAILABLE, SOON.multipliedBy(2))
                : new Exchange.Lost();
    }

    private static boolean neverSent(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException || cause instanceof UnknownHostException
                    || cause instanceof SSLHandshakeException) {
                return true;
            }
        }
        return false;
    }
}
