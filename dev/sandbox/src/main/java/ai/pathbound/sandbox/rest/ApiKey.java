package ai.pathbound.sandbox.rest;

import java.util.List;
import java.util.Optional;

/// A key of the demo tenants and the user it was made by.
record ApiKey(String secret,
        String keyId,
        String tenant,
        String userId,
        String firstName,
        List<String> scopes) {
    private static final List<String> ALL_SCOPES = List
            .of(
                    "contacts:read",
                    "contacts:write",
                    "companies:read",
                    "companies:write",
                    "events:read");
    private static final List<String> READ_SCOPES = List
            .of("contacts:read", "companies:read", "events:read");
    private static final List<ApiKey> KEYS = List.of(
            new ApiKey("sk_demo_acme", "key_acme", "acme", "usr_acme", "Jo", ALL_SCOPES),
            new ApiKey("sk_demo_acme_read", "key_acme_read", "acme", "usr_acme_read", "Rae",
                    READ_SCOPES),
            new ApiKey("sk_demo_globex", "key_globex", "globex", "usr_globex", "Gil", ALL_SCOPES));

    static Optional<ApiKey> find(String secret) {
        return KEYS.stream().filter(key -> key.secret().equals(secret)).findFirst();
    }

    String email() {
        return firstName.toLowerCase(java.util.Locale.ROOT) + "@" + tenant + ".test";
    }

    String userName() {
        return firstName + " Admin";
    }
}
