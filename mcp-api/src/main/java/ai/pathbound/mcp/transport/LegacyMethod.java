package ai.pathbound.mcp.transport;

import reactor.core.publisher.Mono;

/// A method of the handshake era that the SDK's stateless server does not know.
interface LegacyMethod {
    String name();

    Mono<Reply> answer(Call call);
}
