package ai.pathbound.sandbox.oauth;

import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationToken;
import org.springframework.security.web.authentication.AuthenticationConverter;

/// Reads an authorization request and cuts what it asks for down to what this server knows and, once
/// the user has signed in, to what the user may do (RFC 6749 §3.3 allows to grant less). A request
/// that names no scope asks for all of it. Whatever remains after that is for [AuthorizationRules].
final class AskedScopes implements AuthenticationConverter {
    private static final String RESOURCE = "resource";

    private final AuthenticationConverter requests;

    AskedScopes(AuthenticationConverter requests) {
        this.requests = requests;
    }

    @Override
    public @Nullable Authentication convert(HttpServletRequest request) {
        return requests.convert(
                request) instanceof OAuth2AuthorizationCodeRequestAuthenticationToken asked
                        ? cut(asked)
                        : null;
    }

    private static Authentication cut(OAuth2AuthorizationCodeRequestAuthenticationToken asked) {
        Set<String> possible = possible(asked);
        Set<String> scopes = new HashSet<>(
                asked.getScopes().isEmpty() ? possible : asked.getScopes());
        scopes.retainAll(possible);
        OAuth2AuthorizationCodeRequestAuthenticationToken cut = new OAuth2AuthorizationCodeRequestAuthenticationToken(
                asked.getAuthorizationUri(), asked.getClientId(),
                (Authentication) asked.getPrincipal(), asked.getRedirectUri(), asked.getState(),
                // With nothing left the request is refused, for what it asked for.
                scopes.isEmpty() ? asked.getScopes() : scopes, single(asked));
        return cut;
    }

    static Set<String> possible(OAuth2AuthorizationCodeRequestAuthenticationToken asked) {
        return DemoUser.find(((Authentication) asked.getPrincipal()).getName())
                .map(DemoUser::scopes)
                .orElse(DemoUser.ALL_SCOPES);
    }

    /// The parameters, with a resource that is named several times named once (RFC 8707 §2).
    private static Map<String, Object> single(
            OAuth2AuthorizationCodeRequestAuthenticationToken asked) {
        Map<String, Object> parameters = new HashMap<>(asked.getAdditionalParameters());
        if (parameters.get(RESOURCE) instanceof String[] several) {
            parameters.put(
                    RESOURCE,
                    String.join(" ", Stream.of(several).distinct().toList()));
        }
        return parameters;
    }
}
