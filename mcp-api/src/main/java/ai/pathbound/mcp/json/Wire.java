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

    /// Longer than any text an argument may have, in characters.
    private static final int STRING_LENGTH_MAX = 100_000;
    private static final int NAME_LENGTH_MAX = 1_000;
    private static final int NUMBER_LENGTH_MAX = 100;

    public static final JsonMapper MAPPER = mapper(
            StreamReadConstraints.builder().maxNestingDepth(DEPTH_MAX).build());

    /// For what clients send. Texts are bounded as well; those of answers may be long.
    public static final JsonMapper REQUESTS = mapper(
            StreamReadConstraints.builder()
                    .maxNestingDepth(DEPTH_MAX)
                    .maxStringLength(STRING_LENGTH_MAX)
                    .maxNameLength(NAME_LENGTH_MAX)
                    .maxNumberLength(NUMBER_LENGTH_MAX)
                    .build());

    private Wire() {}

    private static JsonMapper mapper(StreamReadConstraints bounds) {
        return JsonMapper
                .builder(
                        JsonFactory.builder()
                                .streamReadConstraints(bounds)
                                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                                .build())
                .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                .build();
    }
}
