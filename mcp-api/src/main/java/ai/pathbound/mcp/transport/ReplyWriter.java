package ai.pathbound.mcp.transport;

import ai.pathbound.mcp.json.Wire;
import ai.pathbound.projector.query.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.codec.HttpMessageWriter;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.server.HandlerStrategies;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.reactive.result.view.ViewResolver;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/// Writes answers: one JSON document, or server-sent events with a comment now and then, so that
/// proxies do not take a silent stream for a dead one.
@Component
final class ReplyWriter {
    private static final byte[] EVENT_START = "event: message\ndata: "
            .getBytes(StandardCharsets.US_ASCII);
    private static final byte[] EVENT_END = "\n\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ALIVE = ": alive\n\n".getBytes(StandardCharsets.US_ASCII);
    private static final ServerResponse.Context CONTEXT = new ServerResponse.Context() {
        private final HandlerStrategies strategies = HandlerStrategies.withDefaults();

        @Override
        public List<HttpMessageWriter<?>> messageWriters() {
            return strategies.messageWriters();
        }

        @Override
        public List<ViewResolver> viewResolvers() {
            return strategies.viewResolvers();
        }
    };
    private final TransportSettings settings;

    ReplyWriter(TransportSettings settings) {
        this.settings = settings;
    }

    Mono<Void> write(ServerWebExchange exchange, Reply reply) {
        ServerHttpResponse response = exchange.getResponse();
        reply.headers().forEach(response.getHeaders()::set);
        DataBufferFactory buffers = response.bufferFactory();
        if (reply.body() instanceof Reply.Body.Foreign(ServerResponse foreign)) {
            return foreign.writeTo(exchange, CONTEXT);
        }
        response.setStatusCode(HttpStatusCode.valueOf(reply.status()));
        return switch (reply.body()) {
            case Reply.Body.None _ -> response.setComplete();
            case Reply.Body.Message(Object message) -> {
                byte[] bytes = bytes(message);
                response.getHeaders().setContentType(MediaType.APPLICATION_JSON);
                response.getHeaders().setContentLength(bytes.length);
                yield response.writeWith(Mono.just(buffers.wrap(bytes)));
            }
            case Reply.Body.Stream(Flux<Object> messages) -> {
                response.getHeaders().setContentType(MediaType.TEXT_EVENT_STREAM);
                response.getHeaders().setCacheControl("no-store");
                response.getHeaders().set("X-Accel-Buffering", "no");
                yield response.writeAndFlushWith(
                        alive(messages.map(message -> event(buffers, message)), buffers)
                                .map(Mono::just));
            }
            case Reply.Body.Foreign _ -> throw new IllegalStateException("written above");
        };
    }

    private Flux<DataBuffer> alive(Flux<DataBuffer> events, DataBufferFactory buffers) {
        Flux<DataBuffer> beats = Flux.interval(settings.keepAlive())
                .onBackpressureDrop()
                .map(_ -> buffers.wrap(ALIVE.clone()));
        return events.publish(
                shared -> Flux.merge(shared, beats.takeUntilOther(shared.ignoreElements())));
    }

    private static DataBuffer event(DataBufferFactory buffers, Object message) {
        return buffers.join(
                List.of(
                        buffers.wrap(EVENT_START.clone()),
                        buffers.wrap(bytes(message)),
                        buffers.wrap(EVENT_END.clone())));
    }

    private static byte[] bytes(Object message) {
        return message instanceof Json json ? json.utf8() : Wire.MAPPER.writeValueAsBytes(message);
    }
}
