package ai.pathbound.mcp.backend;

import ai.pathbound.mcp.caller.Credential;
import ai.pathbound.mcp.json.Wire;
import io.netty.channel.ChannelOption;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.util.retry.Retry;
import tools.jackson.databind.node.ObjectNode;

/// The backend over REST. Each create carries an `Idempotency-Key`; it is sent a second time only
/// when no connection came about, which is the one failure that surely wrote nothing.
@Component
final class RestBackend implements Backend {
    private static final Logger LOG = LoggerFactory.getLogger(RestBackend.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final WebClient client;
    private final Duration answerWithin;

    RestBackend(BackendSettings settings) {
        ConnectionProvider connections = ConnectionProvider.builder("backend")
                .maxConnections(settings.connectionsMax())
                .pendingAcquireTimeout(settings.responseTimeout())
                .maxIdleTime(Duration.ofSeconds(30))
                .build();
        HttpClient http = HttpClient.create(connections)
                .option(
                        ChannelOption.CONNECT_TIMEOUT_MILLIS,
                        Math.toIntExact(settings.connectTimeout().toMillis()))
                .responseTimeout(settings.responseTimeout());
        client = WebClient.builder()
                .baseUrl(settings.url().toString())
                .clientConnector(new ReactorClientHttpConnector(http))
                .codecs(
                        codecs -> codecs.defaultCodecs()
                                .maxInMemorySize(
                                        Math.toIntExact(settings.responseMax().toBytes())))
                .build();
        // The response timeout restarts with each chunk; this bounds the whole exchange.
        answerWithin = settings.responseTimeout().plus(settings.connectTimeout().multipliedBy(2));
    }

    @Override
    public Mono<AuthStatus> authStatus(Credential credential) {
        return client.get()
                .uri("/v1/auth/status")
                .accept(MediaType.APPLICATION_JSON)
                .headers(headers -> headers.setBearerAuth(credential.secret()))
                .exchangeToMono(response -> read(response, RestAnswers::authStatus))
                .timeout(answerWithin)
                .onErrorResume(failure -> {
                    LOG.warn("The backend cannot be asked about a key: {}", failure.toString());
                    return Mono.just(new AuthStatus.Unreachable(RETRY_AFTER));
                });
    }

    @Override
    public Mono<WriteOutcome> createContact(Credential credential, ObjectNode body) {
        return create(credential, body, "contact", "contact_id", "/v1/contacts");
    }

    @Override
    public Mono<WriteOutcome> createContactNote(Credential credential,
            String contactId,
            String content) {
        ObjectNode body = Wire.MAPPER.createObjectNode().put("content", content);
        return create(
                credential,
                body,
                "note",
                "note_id",
                "/v1/contacts/{contact}/notes",
                contactId);
    }

    private Mono<WriteOutcome> create(Credential credential,
            ObjectNode body,
            String entity,
            String idField,
            String path,
            Object... variables) {
        String idempotencyKey = UUID.randomUUID().toString();
        return client.post()
                .uri(path, variables)
                .contentType(MediaType.APPLICATION_JSON)
                .accept(MediaType.APPLICATION_JSON)
                .headers(headers -> {
                    headers.setBearerAuth(credential.secret());
                    headers.set("Idempotency-Key", idempotencyKey);
                })
                .bodyValue(Wire.MAPPER.writeValueAsBytes(body))
                .exchangeToMono(
                        response -> read(
                                response,
                                answer -> RestAnswers
                                        .write(answer, entity, idField, idempotencyKey)))
                .retryWhen(Retry.max(1)
                        .filter(RestBackend::neverConnected)
                        .onRetryExhaustedThrow((_, signal) -> signal.failure()))
                .timeout(answerWithin)
                .onErrorResume(failure -> {
                    LOG.warn("A write to the backend failed: {}", failure.toString());
                    return Mono.just(
                            neverConnected(failure)
                                    ? RestAnswers.unavailable(RETRY_AFTER)
                                    : new WriteOutcome.Unknown(idempotencyKey));
                });
    }

    private static boolean neverConnected(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException || cause instanceof UnknownHostException) {
                return true;
            }
        }
        return false;
    }

    private static <T> Mono<T> read(ClientResponse response, Function<RestAnswer, T> reader) {
        return response.bodyToMono(byte[].class)
                .defaultIfEmpty(new byte[0])
                .map(
                        bytes -> reader.apply(
                                RestAnswer.of(
                                        response.statusCode().value(),
                                        response.headers().header("Retry-After"),
                                        bytes)));
    }
}
