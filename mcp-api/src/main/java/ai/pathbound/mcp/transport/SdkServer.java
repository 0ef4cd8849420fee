package ai.pathbound.mcp.transport;

import ai.pathbound.mcp.caller.Caller;
import ai.pathbound.mcp.json.Wire;
import ai.pathbound.mcp.tools.Hints;
import ai.pathbound.mcp.tools.ToolCatalog;
import ai.pathbound.mcp.tools.ToolDefinition;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.jackson3.JacksonMcpJsonMapper;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpStatelessServerFeatures.AsyncToolSpecification;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.Map;
import java.util.Optional;
import org.springframework.ai.mcp.server.webflux.transport.WebFluxStatelessServerTransport;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/// The Java SDK's stateless server behind Spring AI's WebFlux transport: the handshake, the list of
/// tools, and what else the SDK knows. Only messages that were read
/// and checked get here, with an Accept header the transport takes; errors are put into our own words
/// before the transport sees them. So neither its stack traces nor the SDK's exception texts get out.
@Component
final class SdkServer {
    private static final String CALL = SdkServer.class.getName() + ".call";

    private final ToolCatalog catalog;
    private final RouterFunction<?> route;

    SdkServer(ToolCatalog catalog, ViewWire views) {
        this.catalog = catalog;
        McpJsonMapper mapper = new JacksonMcpJsonMapper(Wire.MAPPER);
        WebFluxStatelessServerTransport transport = WebFluxStatelessServerTransport.builder()
                .jsonMapper(mapper)
                .messageEndpoint("/mcp")
                .contextExtractor(
                        request -> McpTransportContext.create(Map.of(CALL, call(request))))
                .build();
        route = transport.getRouterFunction();
        McpServer.async(new ShieldedTransport(transport))
                .jsonMapper(mapper)
                .validateToolInputs(false)
                .serverInfo(
                        McpSchema.Implementation.builder(ServerCard.NAME, ServerCard.VERSION)
                                .title(ServerCard.TITLE)
                                .build())
                .instructions(ServerCard.INSTRUCTIONS)
                .capabilities(
                        McpSchema.ServerCapabilities.builder()
                                .tools(false)
                                .resources(false, false)
                                .prompts(false)
                                .completions()
                                .logging()
                                .build())
                .addToolFilter((context, tool) -> Mono.just(isVisible(context, tool)))
                .tools(catalog.all()
                        .stream()
                        .map(definition -> tool(definition, views.meta(definition)))
                        .toList())
                .build();
    }

    Mono<Reply> handle(Call call) {
        ServerRequest request = ServerRequest.from(call.request())
                .headers(
                        headers -> headers.set(
                                "Accept",
                                MediaType.APPLICATION_JSON_VALUE + ", "
                                        + MediaType.TEXT_EVENT_STREAM_VALUE))
                .attribute(CALL, call)
                .body(Wire.MAPPER.writeValueAsString(call.body()))
                .build();
        return route.route(request)
                .flatMap(handler -> handler.handle(request))
                .cast(ServerResponse.class)
                .map(Reply::foreign);
    }

    private static Call call(ServerRequest request) {
        return request.attribute(CALL)
                .map(Call.class::cast)
                .orElseThrow(() -> new IllegalStateException("a request nobody has checked"));
    }

    private static Call call(McpTransportContext context) {
        if (context.get(CALL) instanceof Call call) {
            return call;
        }
        throw new IllegalStateException("a call nobody has checked");
    }

    private boolean isVisible(McpTransportContext context, McpSchema.Tool tool) {
        Caller caller = call(context).caller();
        return catalog.find(tool.name())
                .filter(definition -> definition.access().isOpenTo(caller))
                .isPresent();
    }

    private static AsyncToolSpecification tool(ToolDefinition definition,
            Optional<Map<String, Object>> meta) {
        Hints hints = definition.hints();
        McpSchema.Tool.Builder tool = McpSchema.Tool
                .builder(definition.name(), definition.inputSchema())
                .title(definition.title())
                .description(definition.description())
                .annotations(
                        McpSchema.ToolAnnotations.builder()
                                .readOnlyHint(hints.readOnly())
                                .destructiveHint(hints.destructive())
                                .idempotentHint(hints.idempotent())
                                .openWorldHint(false)
                                .build());
        if (!definition.outputSchema().isEmpty()) {
            tool.outputSchema(definition.outputSchema());
        }
        meta.ifPresent(tool::meta);
        return new AsyncToolSpecification(tool.build(),
                (_, _) -> Mono.error(
                        new IllegalStateException("calls are answered before they get here")));
    }
}
