package ai.pathbound.sandbox.rest;

import ai.pathbound.sandbox.oauth.DemoUser;
import ai.pathbound.sandbox.oauth.SignedIn;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What a request may do and for whom: by a key of the demo tenants, or by an access token.
///
/// @param type as the status of a credential names it
/// @param id of the key, or of the user who signed in; limits and idempotency are counted by it
record Access(String type,
        String id,
        String tenant,
        String userId,
        String email,
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
    private static final Map<String, Access> KEYS = Map.of(
            "sk_demo_acme",
            key("key_acme", "acme", "usr_acme", "Jo", ALL_SCOPES),
            "sk_demo_acme_read",
            key("key_acme_read", "acme", "usr_acme_read", "Rae", READ_SCOPES),
            "sk_demo_globex",
            key("key_globex", "globex", "usr_globex", "Gil", ALL_SCOPES));

    static Optional<Access> ofKey(String secret) {
        return Optional.ofNullable(KEYS.get(secret));
    }

    static Access ofToken(SignedIn signedIn) {
        DemoUser user = signedIn.user();
        return new Access("oauth", user.id(), user.tenant(), user.id(), user.email(),
                user.firstName(), signedIn.scopes().stream().sorted().toList());
    }

    private static Access key(String id,
            String tenant,
            String userId,
            String firstName,
            List<String> scopes) {
        return new Access("api_key", id, tenant, userId,
                firstName.toLowerCase(Locale.ROOT) + "@" + tenant + ".test", firstName, scopes);
    }

    String userName() {
        return firstName + " Admin";
    }
}
