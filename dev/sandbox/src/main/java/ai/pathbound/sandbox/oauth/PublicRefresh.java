package ai.pathbound.sandbox.oauth;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.core.endpoint.PkceParameterNames;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.web.authentication.AuthenticationConverter;

/// Lets public clients refresh and revoke by naming themselves. Spring Authorization Server knows them
/// only with a code verifier, which these requests have not; here, the refresh token itself is what
/// they prove themselves with, and rotation limits what a stolen one is worth (OAuth 2.1 §4.3.1).
final class PublicRefresh implements AuthenticationConverter, AuthenticationProvider {
    private final RegisteredClientRepository clients;

    PublicRefresh(RegisteredClientRepository clients) {
        this.clients = clients;
    }

    @Override
    public @Nullable Authentication convert(HttpServletRequest request) {
        String[] ids = request.getParameterValues(OAuth2ParameterNames.CLIENT_ID);
        boolean refresh = "refresh_token"
                .equals(request.getParameter(OAuth2ParameterNames.GRANT_TYPE));
        boolean revocation = request.getRequestURI().endsWith("/revoke");
        boolean secret = request.getParameter(OAuth2ParameterNames.CLIENT_SECRET) != null
                || request.getHeader(HttpHeaders.AUTHORIZATION) != null;
        return ids != null && ids.length == 1 && !ids[0].isBlank() && (refresh || revocation)
                && !secret
                        ? new OAuth2ClientAuthenticationToken(ids[0],
                                ClientAuthenticationMethod.NONE, null, Map.of())
                        : null;
    }

    @Override
    public @Nullable Authentication authenticate(Authentication authentication) {
        OAuth2ClientAuthenticationToken asked = (OAuth2ClientAuthenticationToken) authentication;
        if (!asked.getClientAuthenticationMethod().equals(ClientAuthenticationMethod.NONE)
                || asked.getAdditionalParameters().containsKey(PkceParameterNames.CODE_VERIFIER)) {
            return null;
        }
        RegisteredClient client = clients.findByClientId(String.valueOf(asked.getPrincipal()));
        if (client == null) {
            throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_CLIENT);
        }
        return new OAuth2ClientAuthenticationToken(client, ClientAuthenticationMethod.NONE, null);
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return OAuth2ClientAuthenticationToken.class.isAssignableFrom(authentication);
    }
}
