package ai.pathbound.sandbox.oauth;

import java.util.List;
import java.util.UUID;
import org.springframework.core.convert.converter.Converter;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.server.authorization.OAuth2ClientRegistration;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientRegistrationAuthenticationContext;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientRegistrationAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientRegistrationAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;

/// Dynamic client registration (RFC 7591), open to everybody. Whatever a client asks for, it gets a
/// public one: secrets that anybody can have made protect nothing. The answer says what it got.
final class Registration implements Converter<OAuth2ClientRegistration, RegisteredClient> {
    static void configure(OAuth2ClientRegistrationAuthenticationProvider provider) {
        provider.setAuthenticationValidator(Registration::check);
        provider.setRegisteredClientConverter(new Registration());
    }

    /// Scopes that clients name are no matter here: users are asked for them.
    private static void check(OAuth2ClientRegistrationAuthenticationContext context) {
        OAuth2ClientRegistrationAuthenticationToken asked = context.getAuthentication();
        RedirectUris.fault(redirectUris(asked.getClientRegistration()))
                .ifPresent(fault -> {
                    throw new OAuth2AuthenticationException(
                            new OAuth2Error(OAuth2ErrorCodes.INVALID_REDIRECT_URI, fault, null));
                });
    }

    @Override
    public RegisteredClient convert(OAuth2ClientRegistration registration) {
        String name = registration.getClientName();
        return PublicClient.of(
                UUID.randomUUID().toString(),
                "client_" + UUID.randomUUID(),
                name == null || name.isBlank() ? "a client without a name" : name,
                redirectUris(registration));
    }

    private static List<String> redirectUris(OAuth2ClientRegistration registration) {
        List<String> uris = registration.getRedirectUris();
        return uris == null ? List.of() : uris;
    }
}
