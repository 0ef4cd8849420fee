package ai.pathbound.mcp.tools;

import ai.pathbound.mcp.json.Wire;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Parameters and output schemas the writing tools share.
final class WriteParameters {
    static final Parameter DRY_RUN = Parameter
            .flag("dry_run", "Only show what would change.");
    static final Parameter IDEMPOTENCY_KEY = Parameter.text(
            "idempotency_key",
            "Same text, same create: safe to repeat.").upTo(200);

    private WriteParameters() {}

    static Parameter properties(String description) {
        return Parameter.object("properties", description);
    }

    /// The entity as written, or what would change.
    static Map<String, Object> written(String member) {
        return Shapes.object(
                member,
                Shapes.OPEN,
                "visible",
                Shapes.FLAG,
                "changes",
                Shapes.array(Shapes.OPEN));
    }

    /// The named arguments as a request body; absent ones are left out.
    static ObjectNode body(Arguments arguments, String... names) {
        ObjectNode body = Wire.MAPPER.createObjectNode();
        for (String name : names) {
            Object value = arguments.raw(name);
            if (value != null) {
                body.set(name, Wire.MAPPER.<JsonNode>valueToTree(value));
            }
        }
        return body;
    }
}
