package ai.pathbound.sandbox.oauth;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationContext;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationException;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationToken;

/// What an authorization request must be beyond what the library checks (PKCE with S256, among other
/// things): sent back to an address of the client, for scopes that can be granted, for this resource.
final class AuthorizationRules
        implements
            Consumer<OAuth2AuthorizationCodeRequestAuthenticationContext> {
    private final String resource;

    AuthorizationRules(String resource) {
        this.resource = resource;
    }

    @Override
    public void accept(OAuth2AuthorizationCodeRequestAuthenticationContext context) {
        OAuth2AuthorizationCodeRequestAuthenticationToken asked = context.getAuthentication();
        String target = asked.getRedirectUri();
        // First: until it holds, an error must not be sent there either.
        if (target == null
                || !RedirectUris.match(context.getRegisteredClient().getRedirectUris(), target)) {
            throw refused(
                    OAuth2ErrorCodes.INVALID_REQUEST,
                    "redirect_uri is not one of the client's",
                    asked,
                    null);
        }
        if (!DemoUser.ALL_SCOPES.containsAll(asked.getScopes())) {
            throw refused(
                    OAuth2ErrorCodes.INVALID_SCOPE,
                    "none of these scopes is known",
                    asked,
                    target);
        }
        if (!AskedScopes.possible(asked).containsAll(asked.getScopes())) {
            throw refused(
                    OAuth2ErrorCodes.ACCESS_DENIED,
                    "the user has none of these scopes",
                    asked,
                    target);
        }
        if (!resource.equals(
                asked.getAdditionalParameters().getOrDefault("resource", resource))) {
            throw refused(
                    ResourceRule.INVALID_TARGET,
                    "resource must be " + resource,
                    asked,
                    target);
        }
    }

    private static OAuth2AuthorizationCodeRequestAuthenticationException refused(String code,
            String why,
            OAuth2AuthorizationCodeRequestAuthenticationToken asked,
            @Nullable String target) {
        return new OAuth2AuthorizationCodeRequestAuthenticationException(
                new OAuth2Error(code, why, null),
                new OAuth2AuthorizationCodeRequestAuthenticationToken(asked.getAuthorizationUri(),
                        asked.getClientId(), (Authentication) asked.getPrincipal(), target,
                        asked.getState(), asked.getScopes(), asked.getAdditionalParameters()));
    }
}
