package ai.pathbound.mcp.tools;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What clients are told about a tool.
///
/// @param access which scope a caller needs to see and call it
/// @param outputSchema JSON schema of the structured answer, with an object root; empty for a tool that
///     answers with content blocks
public record ToolDefinition(String name,
        String title,
        String description,
        Access access,
        Hints hints,
        List<Parameter> parameters,
        Map<String, Object> outputSchema) {
    private static final int DESCRIPTION_LENGTH_MAX = 1500;

    /// A tool that needs one scope.
    ToolDefinition(String name,
            String title,
            String description,
            String scope,
            Hints hints,
            List<Parameter> parameters,
            Map<String, Object> outputSchema) {
        this(name, title, description, new Access.Scope(scope), hints, parameters, outputSchema);
    }

    public ToolDefinition {
        if (description.length() > DESCRIPTION_LENGTH_MAX) {
            throw new IllegalArgumentException(
                    name + ": description must have at most " + DESCRIPTION_LENGTH_MAX
                            + " characters: " + description.length());
        }
        parameters = List.copyOf(parameters);
    }

    /// The same tool with one more parameter.
    ToolDefinition with(Parameter further) {
        List<Parameter> all = new ArrayList<>(parameters);
        all.add(further);
        return new ToolDefinition(name, title, description, access, hints, all, outputSchema);
    }

    /// A flat schema: model providers refuse `$ref` and alternatives at the root.
    public Map<String, Object> inputSchema() {
        Map<String, Object> properties = new LinkedHashMap<>();
        parameters.forEach(parameter -> properties.put(parameter.name(), parameter.schema()));
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("properties", properties);
        List<String> required = parameters.stream()
                .filter(Parameter::required)
                .map(Parameter::name)
                .toList();
        if (!required.isEmpty()) {
            schema.put("required", required);
        }
        schema.put("additionalProperties", false);
        return schema;
    }

    /// The tool as `tools/list` shows it.
    public Map<String, Object> wire() {
        Map<String, Object> wire = new LinkedHashMap<>();
        wire.put("name", name);
        wire.put("title", title);
        wire.put("description", description);
        wire.put("inputSchema", inputSchema());
        if (!outputSchema.isEmpty()) {
            wire.put("outputSchema", outputSchema);
        }
        wire.put("annotations", hints.wire());
        return wire;
    }
}
