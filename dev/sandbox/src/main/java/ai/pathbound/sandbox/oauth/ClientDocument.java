package ai.pathbound.sandbox.oauth;

import java.util.List;

/// What came of reading the metadata document of a client that names itself by its address.
sealed interface ClientDocument {
    /// The client says so of itself.
    record Described(String name, List<String> redirectUris) implements ClientDocument {
        public Described {
            redirectUris = List.copyOf(redirectUris);
        }
    }

    /// The client is not accepted.
    record Unusable(String why) implements ClientDocument {}
}
