package ai.pathbound.mcp.transport;

import java.util.Map;
import reactor.core.publisher.Mono;

/// Takes subscriptions to resources, and their end, as the official conformance suite wants of a server
/// that offers them. Ours does not: there is no stream that updates could come on.
public final class FixtureSubscriptions implements LegacyMethod {
    private final String name;

    public FixtureSubscriptions(boolean begin) {
        name = begin ? "resources/subscribe" : "resources/unsubscribe";
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Mono<Reply> answer(Call call) {
        return Mono.just(Reply.result(call.idOrZero(), Map.of()));
    }
}
