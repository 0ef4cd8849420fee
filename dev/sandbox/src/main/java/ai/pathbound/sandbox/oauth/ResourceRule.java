package ai.pathbound.sandbox.oauth;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.web.authentication.AuthenticationConverter;

/// Refuses token requests for another resource than the one there is (RFC 8707 §2.2). Requests without
/// one are for this one, as clients of older revisions do not send it.
final class ResourceRule implements AuthenticationConverter {
    static final String INVALID_TARGET = "invalid_target";

    private final String resource;

    ResourceRule(String resource) {
        this.resource = resource;
    }

    /// Converts nothing; the others follow.
    @Override
    public @Nullable Authentication convert(HttpServletRequest request) {
        String[] asked = request.getParameterValues("resource");
        for (String one : asked == null ? new String[0] : asked) {
            if (!one.equals(resource)) {
                throw new OAuth2AuthenticationException(
                        new OAuth2Error(INVALID_TARGET, "resource must be " + resource, null));
            }
        }
        return null;
    }
}
