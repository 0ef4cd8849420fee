package ai.pathbound.mcp.guide;

import ai.pathbound.mcp.caller.Caller;
import java.util.List;
import java.util.Optional;
import reactor.core.publisher.Mono;

/// Some resources. Each shelf is a bean; the guide shows them in the order of the beans.
public interface Shelf {
    /// The resources this caller may read.
    List<Page> pages(Caller caller);

    /// The families of resources this caller may read.
    default List<Template> templates(Caller caller) {
        return List.of();
    }

    /// Reads a resource; empty if the address is none of this shelf's.
    Optional<Mono<Reading>> read(Caller caller, String uri);
}
