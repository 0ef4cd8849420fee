package ai.pathbound.sandbox.oauth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2RefreshTokenAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;

/// Replaces the refresh token at each use. One that is replaced works once more for a short while,
/// and then gives the newest one again, so that a grant has one refresh token at any time: a client
/// whose answer was lost goes on, and so do two of its processes that refresh at once. Any other use of
/// a replaced one means that two parties hold it, and ends the grant (RFC 9700 §4.14.2).
final class RefreshRotation implements AuthenticationProvider {
    private final AuthenticationProvider refresh;
    private final OAuth2AuthorizationService grants;
    private final GrantStore store;
    private final Clock clock;
    /// Two uses of one token at once must see one another.
    private final ReentrantLock oneAtATime = new ReentrantLock();

    /// @param refresh Spring's own, which checks the token, makes new ones and stores them
    RefreshRotation(AuthenticationProvider refresh,
            OAuth2AuthorizationService grants,
            GrantStore store,
            Clock clock) {
        this.refresh = refresh;
        this.grants = grants;
        this.store = store;
        this.clock = clock;
    }

    @Override
    public @Nullable Authentication authenticate(Authentication authentication) {
        OAuth2RefreshTokenAuthenticationToken asked = (OAuth2RefreshTokenAuthenticationToken) authentication;
        oneAtATime.lock();
        try {
            String hash = hash(asked.getRefreshToken());
            Optional<GrantStore.Replaced> replaced = store.replaced(hash);
            return replaced.isPresent()
                    ? again(asked, hash, replaced.get())
                    : first(asked, hash);
        } finally {
            oneAtATime.unlock();
        }
    }

    private @Nullable Authentication first(OAuth2RefreshTokenAuthenticationToken asked,
            String hash) {
        OAuth2Authorization grant = grants
                .findByToken(asked.getRefreshToken(), OAuth2TokenType.REFRESH_TOKEN);
        Authentication answer = refresh.authenticate(asked);
        if (grant != null) {
            store.replace(hash, grant.getId(), clock.instant());
        }
        return answer;
    }

    private @Nullable Authentication again(OAuth2RefreshTokenAuthenticationToken asked,
            String hash,
            GrantStore.Replaced replaced) {
        OAuth2Authorization grant = grants.findById(replaced.authorizationId());
        OAuth2RefreshToken newest = newest(grant);
        RegisteredClient client = client(asked);
        if (grant == null || newest == null
                || !client.getId().equals(grant.getRegisteredClientId())) {
            throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_GRANT);
        }
        boolean late = clock.instant()
                .isAfter(replaced.at().plus(AuthorizationSettings.REFRESH_GRACE));
        if (late || replaced.usedAgain()) {
            grants.save(OAuth2Authorization.from(grant).invalidate(newest).build());
            throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_GRANT);
        }
        store.useAgain(hash);
        return refresh.authenticate(
                new OAuth2RefreshTokenAuthenticationToken(newest.getTokenValue(), keeping(client),
                        asked.getScopes(), asked.getAdditionalParameters()));
    }

    private static @Nullable OAuth2RefreshToken newest(@Nullable OAuth2Authorization grant) {
        OAuth2Authorization.Token<OAuth2RefreshToken> token = grant == null
                ? null
                : grant.getRefreshToken();
        return token == null ? null : token.getToken();
    }

    private static RegisteredClient client(OAuth2RefreshTokenAuthenticationToken asked) {
        if (asked.getPrincipal() instanceof OAuth2ClientAuthenticationToken known
                && known.isAuthenticated() && known.getRegisteredClient() != null) {
            return known.getRegisteredClient();
        }
        throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_CLIENT);
    }

    /// The same client, whose refresh token is for once not replaced.
    private static OAuth2ClientAuthenticationToken keeping(RegisteredClient client) {
        TokenSettings settings = TokenSettings
                .withSettings(client.getTokenSettings().getSettings())
                .reuseRefreshTokens(true)
                .build();
        return new OAuth2ClientAuthenticationToken(
                RegisteredClient.from(client).tokenSettings(settings).build(),
                ClientAuthenticationMethod.NONE, null);
    }

    private static String hash(String token) {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException("every JDK has SHA-256", absent);
        }
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return refresh.supports(authentication);
    }
}
