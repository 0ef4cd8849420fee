package ai.pathbound.mcp.security;

import ai.pathbound.mcp.caller.Credential;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.http.HttpHeaders;

/// What a request shows of credentials: a token or API key as `Authorization: Bearer`, or an API key
/// as `x-api-key`, for clients that may set only certain headers. Never in the address, which logs keep.
sealed interface Presented {
    /// No credential.
    record Nothing() implements Presented {}

    /// One, if need be several times.
    record One(Credential credential) implements Presented {}

    /// Several that differ, so that it is open who is meant.
    record Several() implements Presented {}

    static Presented in(HttpHeaders headers) {
        List<String> secrets = new ArrayList<>();
        headers.getOrDefault(HttpHeaders.AUTHORIZATION, List.of())
                .forEach(text -> secrets.add(Secret.bearer(text)));
        headers.getOrDefault("x-api-key", List.of()).forEach(text -> secrets.add(Secret.key(text)));
        Set<String> distinct = new TreeSet<>(secrets);
        return switch (distinct.size()) {
            case 0 -> new Nothing();
            case 1 -> new One(new Credential(secrets.getFirst()));
            default -> new Several();
        };
    }
}
