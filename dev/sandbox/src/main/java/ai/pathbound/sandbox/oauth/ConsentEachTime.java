package ai.pathbound.sandbox.oauth;

import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationConsent;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationConsentService;

/// Forgets consents, so that the user is asked each time. Any program can name itself as another
/// public client does, so an earlier consent says nothing about who asks now (RFC 8252 §8.6).
final class ConsentEachTime implements OAuth2AuthorizationConsentService {
    @Override
    public void save(OAuth2AuthorizationConsent consent) {
        // Nobody is to remember it.
    }

    @Override
    public void remove(OAuth2AuthorizationConsent consent) {
        // Nobody remembers it.
    }

    @Override
    public @Nullable OAuth2AuthorizationConsent findById(String client, String user) {
        return null;
    }
}
