package ai.pathbound.sandbox.oauth;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// Makes the metadata (RFC 8414) say what this server does: Spring's lists what it could do for other
/// kinds of clients as well, and knows nothing of some newer capabilities.
final class Metadata {
    private Metadata() {}

    static void adapt(Map<String, Object> claims) {
        claims.keySet().removeIf(name -> name.startsWith("introspection_"));
        claims.remove("tls_client_certificate_bound_access_tokens");
        claims.remove("dpop_signing_alg_values_supported");
        claims.put("grant_types_supported", List.of("authorization_code", "refresh_token"));
        claims.put("token_endpoint_auth_methods_supported", List.of("none"));
        claims.put("revocation_endpoint_auth_methods_supported", List.of("none"));
        claims.put("scopes_supported", List.copyOf(new TreeSet<>(DemoUser.ALL_SCOPES)));
        claims.put("client_id_metadata_document_supported", true);
        claims.put("authorization_response_iss_parameter_supported", true);
    }
}
