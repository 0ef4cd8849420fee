package ai.pathbound.mcp.json;

import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/// The JSON mapper for everything that comes from or goes to the network. Depth is bounded, because a
/// small body of opening brackets must not cost a deep stack; a repeated member name is an error,
/// because two readers of one message must not see two different values.
public final class Wire {
    /// Deeper than any request or backend answer is, shallow enough to be harmless.
    private static final int DEPTH_MAX = 64;

    public static final JsonMapper MAPPER = JsonMapper
            .builder(
                    JsonFactory.builder()
                            .streamReadConstraints(
                                    StreamReadConstraints.builder()
                                            .maxNestingDepth(DEPTH_MAX)
                                            .build())
                            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                            .build())
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .build();

    private Wire() {}
}
