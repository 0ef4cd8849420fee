package ai.pathbound.sandbox.oauth;

import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configuration.OAuth2AuthorizationServerConfiguration;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.crypto.keygen.Base64StringKeyGenerator;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import org.springframework.security.oauth2.server.authorization.JdbcOAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationConsentService;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientRegistrationAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2RefreshTokenAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.token.DelegatingOAuth2TokenGenerator;
import org.springframework.security.oauth2.server.authorization.token.JwtGenerator;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenGenerator;
import org.springframework.security.oauth2.server.authorization.web.authentication.OAuth2AuthorizationCodeRequestAuthenticationConverter;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AuthenticationConverter;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.CorsConfigurationSource;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;

/// Puts the authorization server together: Spring's endpoints, with the rules of this package in their
/// places.
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
class SecuritySetup {
    private static final int REFRESH_TOKEN_BYTES = 64;
    private static final int UNUSED_CLIENTS_MAX = 1_000;

    @Bean
    SecurityFilterChain chain(HttpSecurity http,
            AuthorizationSettings settings,
            AuthorizationServerSettings server,
            RegisteredClientRepository clients,
            OAuth2AuthorizationService grants,
            GrantStore store) throws Exception {
        String issuer = String.valueOf(server.getIssuer());
        AuthorizationAnswers answers = new AuthorizationAnswers(issuer);
        PublicRefresh publicRefresh = new PublicRefresh(clients);
        return http
                .oauth2AuthorizationServer(
                        endpoints -> endpoints
                                .authorizationServerMetadataEndpoint(
                                        metadata -> metadata.authorizationServerMetadataCustomizer(
                                                builder -> builder.claims(Metadata::adapt)))
                                .clientAuthentication(
                                        client -> client.authenticationConverter(publicRefresh)
                                                .authenticationProvider(publicRefresh))
                                .authorizationEndpoint(
                                        endpoint -> endpoint.consentPage(Pages.CONSENT)
                                                .authorizationRequestConverters(
                                                        SecuritySetup::cutScopes)
                                                .authenticationProviders(
                                                        all -> all.forEach(
                                                                one -> rules(one,
                                                                        settings.resource())))
                                                .authorizationResponseHandler(answers)
                                                .errorResponseHandler(answers))
                                .tokenEndpoint(
                                        endpoint -> endpoint
                                                .accessTokenRequestConverter(
                                                        new ResourceRule(settings.resource()))
                                                .authenticationProviders(
                                                        all -> all.replaceAll(
                                                                one -> one instanceof OAuth2RefreshTokenAuthenticationProvider
                                                                        ? new RefreshRotation(one,
                                                                                grants, store,
                                                                                settings.clock())
                                                                        : one)))
                                .clientRegistrationEndpoint(
                                        endpoint -> endpoint.openRegistrationAllowed(true)
                                                .authenticationProviders(
                                                        all -> all.forEach(
                                                                SecuritySetup::registration))))
                .authorizeHttpRequests(
                        paths -> paths.requestMatchers(Pages.LOGIN, "/oauth2/register")
                                .permitAll()
                                .anyRequest()
                                .authenticated())
                .formLogin(form -> form.loginPage(Pages.LOGIN))
                .cors(cors -> cors.configurationSource(anyPage()))
                .headers(
                        headers -> headers.contentSecurityPolicy(
                                // No form-action: browsers would hold the way back to the client
                                // against it.
                                policy -> policy.policyDirectives(
                                        "default-src 'none'; style-src 'unsafe-inline';"
                                                + " base-uri 'none'; frame-ancestors 'none'")))
                .build();
    }

    private static void cutScopes(List<AuthenticationConverter> converters) {
        converters.replaceAll(
                one -> one instanceof OAuth2AuthorizationCodeRequestAuthenticationConverter
                        ? new AskedScopes(one)
                        : one);
    }

    private static void rules(Object provider, String resource) {
        if (provider instanceof OAuth2AuthorizationCodeRequestAuthenticationProvider requests) {
            requests.setAuthenticationValidator(new AuthorizationRules(resource));
        }
    }

    private static void registration(Object provider) {
        if (provider instanceof OAuth2ClientRegistrationAuthenticationProvider open) {
            Registration.configure(open);
        }
    }

    /// Clients that are web pages find out about this server, register and get tokens by themselves.
    /// Signing in and consenting are not for them.
    private static CorsConfigurationSource anyPage() {
        CorsConfiguration any = new CorsConfiguration();
        any.setAllowedOrigins(List.of("*"));
        any.setAllowedMethods(List.of("GET", "POST"));
        any.setAllowedHeaders(List.of("*"));
        UrlBasedCorsConfigurationSource paths = new UrlBasedCorsConfigurationSource();
        for (String path : List.of(
                "/.well-known/**",
                "/oauth2/jwks",
                "/oauth2/register",
                "/oauth2/revoke",
                "/oauth2/token")) {
            paths.registerCorsConfiguration(path, any);
        }
        return paths;
    }

    @Bean
    JWKSource<SecurityContext> keys(ECKey key) {
        return new ImmutableJWKSet<>(new JWKSet(key));
    }

    /// For registrations that come with a token, which the endpoint understands as well.
    @Bean
    JwtDecoder jwtDecoder(JWKSource<SecurityContext> keys) {
        return OAuth2AuthorizationServerConfiguration.jwtDecoder(keys);
    }

    @Bean(destroyMethod = "close")
    ClientDocuments documents() {
        return new ClientDocuments();
    }

    @Bean
    RegisteredClientRepository clients(GrantStore store, ClientDocuments documents) {
        return new Clients(store.jdbc(), documents, UNUSED_CLIENTS_MAX);
    }

    @Bean
    OAuth2AuthorizationService grants(GrantStore store, RegisteredClientRepository clients) {
        return new JdbcOAuth2AuthorizationService(store.jdbc(), clients);
    }

    @Bean
    OAuth2AuthorizationConsentService consents() {
        return new ConsentEachTime();
    }

    @Bean
    OAuth2TokenGenerator<?> tokens(JWKSource<SecurityContext> keys,
            AuthorizationSettings settings) {
        JwtGenerator accessTokens = new JwtGenerator(new NimbusJwtEncoder(keys));
        accessTokens.setJwtCustomizer(new TokenClaims(settings.resource()));
        Base64StringKeyGenerator random = new Base64StringKeyGenerator(
                Base64.getUrlEncoder().withoutPadding(), REFRESH_TOKEN_BYTES);
        return new DelegatingOAuth2TokenGenerator(accessTokens,
                context -> refreshToken(context, random));
    }

    /// Spring's own generator gives none to public clients.
    private static @Nullable OAuth2RefreshToken refreshToken(OAuth2TokenContext context,
            Base64StringKeyGenerator random) {
        Instant now = Instant.now();
        return OAuth2TokenType.REFRESH_TOKEN.equals(context.getTokenType())
                ? new OAuth2RefreshToken(random.generateKey(), now,
                        now.plus(AuthorizationSettings.REFRESH_TOKEN_LIFE))
                : null;
    }

    @Bean
    TokenReader reader(AuthorizationServerSettings server,
            AuthorizationSettings settings,
            JWKSource<SecurityContext> keys,
            OAuth2AuthorizationService grants) {
        return new TokenReader(String.valueOf(server.getIssuer()), settings.resource(), keys,
                grants);
    }

    /// Passwords in the clear: they are printed by the demo anyway.
    @Bean
    UserDetailsService users() {
        return name -> DemoUser.find(name)
                .map(
                        user -> User.withUsername(user.email())
                                .password("{noop}" + user.password())
                                .build())
                .orElseThrow(() -> new UsernameNotFoundException("unknown"));
    }
}
