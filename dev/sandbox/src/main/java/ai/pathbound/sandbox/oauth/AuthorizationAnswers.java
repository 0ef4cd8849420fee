package ai.pathbound.sandbox.oauth;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationCode;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationException;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationToken;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriUtils;

/// Sends the browser back to the client, with a code or an error, and with `iss`, by which the client
/// sees that the answer is from the server it asked (RFC 9207). What must not be sent anywhere is
/// shown to the user.
final class AuthorizationAnswers
        implements
            AuthenticationSuccessHandler,
            AuthenticationFailureHandler {
    private final String issuer;

    AuthorizationAnswers(String issuer) {
        this.issuer = issuer;
    }

    @Override
    public void onAuthenticationSuccess(HttpServletRequest request,
            HttpServletResponse response,
            Authentication authentication) throws IOException {
        OAuth2AuthorizationCodeRequestAuthenticationToken granted = (OAuth2AuthorizationCodeRequestAuthenticationToken) authentication;
        OAuth2AuthorizationCode code = granted.getAuthorizationCode();
        if (code == null || granted.getRedirectUri() == null) {
            throw new IllegalStateException("a grant without code or target");
        }
        Map<String, @Nullable String> answer = new LinkedHashMap<>();
        answer.put("code", code.getTokenValue());
        answer.put("state", granted.getState());
        send(response, granted.getRedirectUri(), answer);
    }

    @Override
    public void onAuthenticationFailure(HttpServletRequest request,
            HttpServletResponse response,
            AuthenticationException failure) throws IOException {
        if (!(failure instanceof OAuth2AuthenticationException refused)) {
            Pages.refusal(response, "This request cannot be answered.");
            return;
        }
        String why = Optional.ofNullable(refused.getError().getDescription())
                .filter(text -> !text.isBlank())
                .orElse(refused.getError().getErrorCode());
        OAuth2AuthorizationCodeRequestAuthenticationToken asked = refused instanceof OAuth2AuthorizationCodeRequestAuthenticationException known
                ? known.getAuthorizationCodeRequestAuthentication()
                : null;
        if (asked == null || asked.getRedirectUri() == null) {
            Pages.refusal(response, why);
            return;
        }
        Map<String, @Nullable String> answer = new LinkedHashMap<>();
        answer.put("error", refused.getError().getErrorCode());
        answer.put("error_description", why);
        answer.put("state", asked.getState());
        send(response, asked.getRedirectUri(), answer);
    }

    private void send(HttpServletResponse response,
            String target,
            Map<String, @Nullable String> answer) throws IOException {
        answer.put("iss", issuer);
        UriComponentsBuilder uri = UriComponentsBuilder.fromUriString(target);
        answer.forEach((name, value) -> {
            if (value != null && !value.isEmpty()) {
                uri.queryParam(name, UriUtils.encode(value, StandardCharsets.UTF_8));
            }
        });
        response.sendRedirect(uri.build(true).toUriString());
    }
}
