package ai.pathbound.sandbox.oauth;

import java.util.Collection;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;

/// The one kind of client there is: a program without a secret, which proves with PKCE that the code
/// it brings is its own.
final class PublicClient {
    private static final int NAME_LENGTH_MAX = 100;

    private PublicClient() {}

    /// @param id key of the client in the database
    /// @param clientId what the client calls itself
    static RegisteredClient of(String id,
            String clientId,
            String name,
            Collection<String> redirectUris) {
        return RegisteredClient.withId(id)
                .clientId(clientId)
                .clientName(name.length() > NAME_LENGTH_MAX
                        ? name.substring(0, NAME_LENGTH_MAX)
                        : name)
                .clientAuthenticationMethod(ClientAuthenticationMethod.NONE)
                .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                .authorizationGrantType(AuthorizationGrantType.REFRESH_TOKEN)
                .redirectUris(uris -> uris.addAll(redirectUris))
                .scopes(scopes -> scopes.addAll(DemoUser.ALL_SCOPES))
                .clientSettings(
                        ClientSettings.builder()
                                .requireProofKey(true)
                                .requireAuthorizationConsent(true)
                                .build())
                .tokenSettings(
                        TokenSettings.builder()
                                .accessTokenTimeToLive(AuthorizationSettings.ACCESS_TOKEN_LIFE)
                                .refreshTokenTimeToLive(AuthorizationSettings.REFRESH_TOKEN_LIFE)
                                .reuseRefreshTokens(false)
                                .build())
                .build();
    }
}
