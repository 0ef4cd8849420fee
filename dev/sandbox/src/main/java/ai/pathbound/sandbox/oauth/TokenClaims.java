package ai.pathbound.sandbox.oauth;

import java.util.Collections;
import java.util.Optional;
import java.util.TreeSet;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;

/// What stands in an access token (RFC 9068): the user, the tenant, the resource it is for, the scopes
/// as text, and as `sid` the grant it came from, by which it dies with the grant.
final class TokenClaims implements OAuth2TokenCustomizer<JwtEncodingContext> {
    static final String TENANT = "tenant_id";
    static final String GRANT = "sid";

    private final String resource;

    TokenClaims(String resource) {
        this.resource = resource;
    }

    @Override
    public void customize(JwtEncodingContext context) {
        OAuth2Authorization grant = context.getAuthorization();
        DemoUser user = Optional.ofNullable(context.<Authentication>getPrincipal())
                .flatMap(principal -> DemoUser.find(principal.getName()))
                .orElseThrow(
                        () -> new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_GRANT));
        if (grant == null) {
            throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_GRANT);
        }
        TreeSet<String> scopes = new TreeSet<>(context.getAuthorizedScopes());
        // Permissions may have been taken away since the user consented.
        scopes.retainAll(user.scopes());
        context.getJwsHeader().algorithm(SignatureAlgorithm.ES256).type("at+jwt");
        context.getClaims()
                .subject(user.id())
                // Of a type that can be stored and read again with the grant.
                .audience(Collections.singletonList(resource))
                .claim("client_id", context.getRegisteredClient().getClientId())
                .claim("scope", String.join(" ", scopes))
                .claim(TENANT, user.tenant())
                .claim(GRANT, grant.getId());
    }
}
