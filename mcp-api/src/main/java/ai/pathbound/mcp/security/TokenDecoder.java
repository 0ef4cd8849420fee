package ai.pathbound.mcp.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.util.List;
import java.util.Set;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.JwtAudienceValidator;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusReactiveJwtDecoder;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/// Puts together what an access token must be: signed by the issuer with one of two algorithms, for
/// this server, and not expired.
final class TokenDecoder {
    /// Asymmetric ones only: with a shared secret in the list, a public key could be passed off as it.
    private static final Set<JWSAlgorithm> ALGORITHMS = Set
            .of(JWSAlgorithm.RS256, JWSAlgorithm.ES256);

    private TokenDecoder() {}

    static ReactiveJwtDecoder of(OAuthSettings settings, JWKSource<SecurityContext> keys) {
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, keys));
        // RFC 9068 and, in practice, plain JWT.
        processor.setJWSTypeVerifier(
                new DefaultJOSEObjectTypeVerifier<>(new JOSEObjectType("at+jwt"),
                        new JOSEObjectType("application/at+jwt"), JOSEObjectType.JWT, null));
        // Claims are validated below.
        processor.setJWTClaimsSetVerifier((_, _) -> {
        });
        // Off the event loop: keys may have to be fetched, and signatures cost time.
        NimbusReactiveJwtDecoder decoder = new NimbusReactiveJwtDecoder(
                token -> Mono.fromCallable(() -> verified(processor, token))
                        .subscribeOn(Schedulers.boundedElastic()));
        JwtTimestampValidator times = new JwtTimestampValidator(settings.clockSkew());
        times.setAllowEmptyExpiryClaim(false);
        decoder.setJwtValidator(
                new DelegatingOAuth2TokenValidator<>(
                        List.of(
                                times,
                                new JwtIssuerValidator(settings.issuer()),
                                new JwtAudienceValidator(settings.publicUrl()))));
        return decoder;
    }

    private static JWTClaimsSet verified(DefaultJWTProcessor<SecurityContext> processor, JWT token)
            throws BadJOSEException, JOSEException {
        return processor.process(token, null);
    }
}
