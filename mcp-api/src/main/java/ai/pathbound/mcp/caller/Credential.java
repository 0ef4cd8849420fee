package ai.pathbound.mcp.caller;

import java.util.Objects;

/// The secret a request came with. A class and not a record, so that no log can print it by accident.
public final class Credential {
    private final String secret;

    public Credential(String secret) {
        this.secret = secret;
    }

    /// The secret itself; for the backend's Authorization header and for hashing, nothing else.
    public String secret() {
        return secret;
    }

    /// Whether this is an API key of the backend and not a token of an authorization server.
    public boolean isApiKey() {
        return secret.startsWith("sk_");
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Credential credential && secret.equals(credential.secret);
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(secret);
    }

    @Override
    public String toString() {
        return "Credential[hidden]";
    }
}
