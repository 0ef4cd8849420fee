package ai.pathbound.mcp.transport;

import ai.pathbound.mcp.caller.Caller;
import ai.pathbound.mcp.guide.Guide;
import ai.pathbound.mcp.json.Wire;
import ai.pathbound.mcp.tools.Hints;
import ai.pathbound.mcp.tools.ToolCatalog;
import ai.pathbound.mcp.tools.ToolDefinition;
import ai.pathbound.mcp.tools.ToolRequest;
import ai.pathbound.mcp.tools.ToolResult;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.json.jackson3.JacksonMcpJsonMapper;
import io.modelcontextprotocol.json.schema.JsonSchemaValidator.ValidationResponse;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpStatelessServerFeatures.AsyncPromptSpecification;
import io.modelcontextprotocol.server.McpStatelessServerFeatures.AsyncResourceSpecification;
import io.modelcontextprotocol.server.McpStatelessServerFeatures.AsyncToolSpecification;
import io.modelcontextprotocol.server.McpStatelessServerHandler;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpStatelessServerTransport;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.util.RawValue;

/// Serves the revisions with a handshake through the Java SDK's stateless server. The SDK's handler is
/// called directly: its HTTP transport answers malformed messages with stack traces and refuses
/// clients that accept JSON only.
@Component
final class LegacyServer {
    /// Newest last, which is the one offered to clients that ask for an unknown one.
    static final List<String> VERSIONS = List.of("2025-03-26", "2025-06-18", "2025-11-25");
    private static final Logger LOG = LoggerFactory.getLogger(LegacyServer.class);
    private static final String CALLER = "caller";
    private static final String REQUEST = "request";

    private final ToolCatalog catalog;
    private final ToolGate gate;
    private final ViewWire views;
    private final Handle handle = new Handle();

    LegacyServer(ToolCatalog catalog, ToolGate gate, Guide guide, ViewWire views) {
        this.catalog = catalog;
        this.gate = gate;
        this.views = views;
        // Arguments are checked by the catalog, and answers are raw JSON the SDK cannot look into.
        McpServer.async(handle)
                .jsonMapper(new JacksonMcpJsonMapper(Wire.MAPPER))
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
                                .build())
                .addToolFilter((context, tool) -> Mono.just(isVisible(context, tool)))
                .tools(catalog.all().stream().map(this::tool).toList())
                .resources(guide.pages().stream().map(LegacyServer::resource).toList())
                .prompts(guide.prompts().stream().map(LegacyServer::prompt).toList())
                .build();
    }

    Mono<Reply> dispatch(Call call) {
        if (call.id().isEmpty()) {
            return Mono.just(Reply.accepted());
        }
        if (call.method().equals("tools/call")
                && gate.pass(call) instanceof ToolGate.Passage.Closed closed) {
            return Mono.just(closed.reply());
        }
        Optional<Reply> refusal = call.method().endsWith("/list")
                ? call.strayCursor(200)
                : Optional.empty();
        if (refusal.isPresent()) {
            return Mono.just(refusal.get());
        }
        // Not among the SDK's resources, which would list them to clients that cannot show them.
        Optional<Map<String, Object>> view = call.method().equals("resources/read")
                ? views.read(call)
                : Optional.empty();
        if (view.isPresent()) {
            return Mono.just(Reply.result(call.idOrZero(), view.get()));
        }
        McpSchema.JSONRPCRequest request = new McpSchema.JSONRPCRequest(call.method(),
                call.idOrZero(), call.paramMembers());
        return handle.handler()
                .handleRequest(
                        McpTransportContext.create(
                                Map.of(CALLER, call.caller(), REQUEST, call.toolRequest(false))),
                        request)
                .map(response -> shielded(call, response));
    }

    /// The SDK puts exception texts into internal errors; those stay in the log.
    private static Reply shielded(Call call, McpSchema.JSONRPCResponse response) {
        McpSchema.JSONRPCResponse.JSONRPCError error = response.error();
        if (error == null) {
            return Reply.message(response);
        }
        if (error.code() == Reply.METHOD_NOT_FOUND) {
            return call.error(200, Reply.METHOD_NOT_FOUND, "There is no such method.");
        }
        if (error.code() == Reply.INTERNAL_ERROR) {
            String incident = UUID.randomUUID().toString().substring(0, 8);
            LOG.error("Incident {}: {} failed: {}", incident, call.method(), error.message());
            return call.error(
                    200,
                    Reply.INTERNAL_ERROR,
                    "Internal error; incident " + incident + ".");
        }
        return call.error(200, error.code(), error.message());
    }

    private boolean isVisible(McpTransportContext context, McpSchema.Tool tool) {
        return catalog.find(tool.name())
                .filter(definition -> definition.access().isOpenTo(caller(context)))
                .isPresent();
    }

    private static Caller caller(McpTransportContext context) {
        if (context.get(CALLER) instanceof Caller caller) {
            return caller;
        }
        throw new IllegalStateException("a call without a caller got past the filter chain");
    }

    private static ToolRequest request(McpTransportContext context) {
        if (context.get(REQUEST) instanceof ToolRequest request) {
            return request;
        }
        throw new IllegalStateException("a call without its request");
    }

    private AsyncToolSpecification tool(ToolDefinition definition) {
        Hints hints = definition.hints();
        McpSchema.Tool tool = McpSchema.Tool
                .builder(definition.name(), definition.inputSchema())
                .title(definition.title())
                .description(definition.description())
                .outputSchema(definition.outputSchema())
                .annotations(
                        McpSchema.ToolAnnotations.builder()
                                .readOnlyHint(hints.readOnly())
                                .destructiveHint(hints.destructive())
                                .idempotentHint(hints.idempotent())
                                .openWorldHint(false)
                                .build())
                .meta(views.meta(definition).orElse(null))
                .build();
        return new AsyncToolSpecification(tool,
                (context, _) -> catalog.call(caller(context), definition, request(context))
                        .map(LegacyServer::toolResult));
    }

    private static McpSchema.CallToolResult toolResult(ToolResult answer) {
        Map<String, Object> meta = ServerCard.meta(answer);
        return switch (answer) {
            case ToolResult.Success success -> new McpSchema.CallToolResult(text(success.text()),
                    false, new RawValue(success.text()), meta);
            case ToolResult.Failure failure ->
                new McpSchema.CallToolResult(text(failure.text()), true, null, meta);
            case ToolResult.Question _ ->
                throw new IllegalStateException("a client of this era cannot be asked");
        };
    }

    private static List<McpSchema.Content> text(String text) {
        return List.of(McpSchema.TextContent.builder(text).build());
    }

    private static AsyncResourceSpecification resource(Guide.Page page) {
        McpSchema.Resource resource = McpSchema.Resource.builder(page.uri(), page.name())
                .title(page.title())
                .description(page.description())
                .mimeType(GuideWire.MIME_TYPE)
                .build();
        McpSchema.ResourceContents contents = new McpSchema.TextResourceContents(page.uri(),
                GuideWire.MIME_TYPE, page.text(), null);
        return new AsyncResourceSpecification(resource,
                (_, _) -> Mono.just(
                        McpSchema.ReadResourceResult.builder(List.of(contents)).build()));
    }

    private static AsyncPromptSpecification prompt(Guide.Prompt prompt) {
        List<McpSchema.PromptArgument> blanks = prompt.blanks()
                .stream()
                .map(
                        blank -> new McpSchema.PromptArgument(blank.name(), null,
                                blank.description(), blank.required()))
                .toList();
        return new AsyncPromptSpecification(
                new McpSchema.Prompt(prompt.name(), prompt.title(), prompt.description(), blanks,
                        null, null),
                (_, request) -> Mono.fromCallable(() -> filled(prompt, request)));
    }

    private static McpSchema.GetPromptResult filled(Guide.Prompt prompt,
            McpSchema.GetPromptRequest request) {
        Map<String, String> values = GuideWire
                .values(Optional.ofNullable(request.arguments()).orElse(Map.of()));
        List<String> missing = prompt.missing(values);
        if (!missing.isEmpty()) {
            throw McpError.builder(Reply.INVALID_PARAMS)
                    .message("Missing arguments: " + String.join(", ", missing) + ".")
                    .build();
        }
        McpSchema.PromptMessage message = McpSchema.PromptMessage
                .builder(
                        McpSchema.Role.USER,
                        McpSchema.TextContent.builder(prompt.fill(values)).build())
                .build();
        return McpSchema.GetPromptResult.builder(List.of(message)).build();
    }

    /// Takes the SDK's handler and is no transport otherwise.
    private static final class Handle implements McpStatelessServerTransport {
        private Optional<McpStatelessServerHandler> handler = Optional.empty();

        McpStatelessServerHandler handler() {
            return handler.orElseThrow();
        }

        @Override
        public void setMcpHandler(McpStatelessServerHandler given) {
            handler = Optional.of(given);
        }

        @Override
        public Mono<Void> closeGracefully() {
            return Mono.empty();
        }

        @Override
        public List<String> protocolVersions() {
            return VERSIONS;
        }
    }
}
