package ai.pathbound.mcp.transport;

import ai.pathbound.mcp.caller.Caller;
import ai.pathbound.mcp.json.Wire;
import ai.pathbound.mcp.tools.Abilities;
import ai.pathbound.mcp.tools.Aside;
import ai.pathbound.mcp.tools.Hints;
import ai.pathbound.mcp.tools.ToolCatalog;
import ai.pathbound.mcp.tools.ToolDefinition;
import ai.pathbound.mcp.tools.ToolResult;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.jackson3.JacksonMcpJsonMapper;
import io.modelcontextprotocol.json.schema.JsonSchemaValidator.ValidationResponse;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpStatelessServerFeatures.AsyncToolSpecification;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.List;
import java.util.Map;
import org.springframework.ai.mcp.server.webflux.transport.WebFluxStatelessServerTransport;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import tools.jackson.databind.util.RawValue;

/// The Java SDK's stateless server behind Spring AI's WebFlux transport. Only messages that were read
/// and checked get here, with an Accept header the transport takes; errors are put into our own words
/// before the transport sees them. So neither its stack traces nor the SDK's exception texts get out.
@Component
final class SdkServer {
    private static final String CALL = SdkServer.class.getName() + ".call";

    private final ToolCatalog catalog;
    private final RouterFunction<?> route;

    SdkServer(ToolCatalog catalog) {
        this.catalog = catalog;
        McpJsonMapper mapper = new JacksonMcpJsonMapper(Wire.MAPPER);
        WebFluxStatelessServerTransport transport = WebFluxStatelessServerTransport.builder()
                .jsonMapper(mapper)
                .messageEndpoint("/mcp")
                .contextExtractor(
                        request -> McpTransportContext.create(Map.of(CALL, call(request))))
                .build();
        route = transport.getRouterFunction();
        // Arguments are checked by the catalog, and answers are raw JSON the SDK cannot look into.
        McpServer.async(new ShieldedTransport(transport))
                .jsonMapper(mapper)
                .jsonSchemaValidator((_, _) -> ValidationResponse.asValid("{}"))
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
                .tools(catalog.all().stream().map(definition -> tool(definition, mapper)).toList())
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

    static Call call(McpTransportContext context) {
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

    private AsyncToolSpecification tool(ToolDefinition definition, McpJsonMapper mapper) {
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
        return new AsyncToolSpecification(tool.build(), (context, _) -> {
            Call call = call(context);
            return catalog
                    .call(
                            call.caller(),
                            definition,
                            call.toolRequest(Abilities.NONE, Aside.NONE))
                    .map(answer -> result(answer, mapper));
        });
    }

    private static McpSchema.CallToolResult result(ToolResult answer, McpJsonMapper mapper) {
        Map<String, Object> meta = ServerCard.meta(answer);
        if (answer instanceof ToolResult.Success success) {
            String text = success.text();
            return new McpSchema.CallToolResult(
                    List.of(McpSchema.TextContent.builder(text).build()), false,
                    new RawValue(text), meta);
        }
        List<McpSchema.Content> content = LegacyResults.content(answer)
                .stream()
                .map(block -> mapper.convertValue(block, McpSchema.Content.class))
                .toList();
        return new McpSchema.CallToolResult(content, LegacyResults.isError(answer), null, meta);
    }
}
