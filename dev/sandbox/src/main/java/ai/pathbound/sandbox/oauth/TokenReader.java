package ai.pathbound.sandbox.oauth;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.SecurityContext;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtAudienceValidator;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;

/// Checks access tokens for the stand-in's REST API: signed here, for this resource, in time, and of a
/// grant that has not been ended since.
final class TokenReader {
    private final NimbusJwtDecoder decoder;
    private final OAuth2AuthorizationService grants;

    TokenReader(String issuer,
            String resource,
            JWKSource<SecurityContext> keys,
            OAuth2AuthorizationService grants) {
        this.grants = grants;
        decoder = NimbusJwtDecoder.withJwkSource(keys)
                .jwsAlgorithm(SignatureAlgorithm.ES256)
                .jwtProcessorCustomizer(
                        processor -> processor.setJWSTypeVerifier(
                                new DefaultJOSEObjectTypeVerifier<>(new JOSEObjectType("at+jwt"))))
                .build();
        decoder.setJwtValidator(
                new DelegatingOAuth2TokenValidator<>(
                        List.of(
                                new JwtTimestampValidator(),
                                new JwtIssuerValidator(issuer),
                                new JwtAudienceValidator(resource))));
    }

    Optional<SignedIn> read(String token) {
        try {
            Jwt jwt = decoder.decode(token);
            return isAlive(jwt)
                    ? DemoUser.withId(String.valueOf(jwt.getSubject()))
                            .map(user -> new SignedIn(user, scopes(jwt)))
                    : Optional.empty();
        } catch (JwtException e) {
            return Optional.empty();
        }
    }

    private boolean isAlive(Jwt jwt) {
        String grant = jwt.getClaimAsString(TokenClaims.GRANT);
        OAuth2Authorization found = grant == null ? null : grants.findById(grant);
        OAuth2Authorization.Token<OAuth2RefreshToken> refresh = found == null
                ? null
                : found.getRefreshToken();
        return refresh != null && !refresh.isInvalidated();
    }

    private static Set<String> scopes(Jwt jwt) {
        String scopes = jwt.getClaimAsString("scope");
        return scopes == null || scopes.isBlank() ? Set.of() : Set.of(scopes.split(" "));
    }
}
