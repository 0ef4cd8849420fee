package ai.pathbound.mcp.security;

import ai.pathbound.mcp.limits.Attempts;
import ai.pathbound.mcp.limits.Grant;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.ReactiveAuthenticationManager;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.web.server.SecurityWebFiltersOrder;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.context.NoOpServerSecurityContextRepository;
import org.springframework.security.web.server.header.ReferrerPolicyServerHttpHeadersWriter.ReferrerPolicy;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcher;
import org.springframework.web.cors.reactive.CorsConfigurationSource;
import reactor.core.publisher.Mono;

/// The filter chain: stateless, nothing but credentials in headers.
@Configuration(proxyBeanMethods = false)
@EnableWebFluxSecurity
class SecurityConfiguration {
    private static final ServerWebExchangeMatcher OPEN = new OpenPaths();

    @Bean
    SecurityWebFilterChain chain(ServerHttpSecurity http,
            List<CredentialCheck> checks,
            Attempts attempts,
            Refusals refusals,
            CorsConfigurationSource pages) {
        // No CSRF tokens: no cookie ever authenticates here.
        return http.csrf(ServerHttpSecurity.CsrfSpec::disable)
                .httpBasic(ServerHttpSecurity.HttpBasicSpec::disable)
                .formLogin(ServerHttpSecurity.FormLoginSpec::disable)
                .logout(ServerHttpSecurity.LogoutSpec::disable)
                .requestCache(ServerHttpSecurity.RequestCacheSpec::disable)
                .securityContextRepository(NoOpServerSecurityContextRepository.getInstance())
                .cors(cors -> cors.configurationSource(pages))
                .headers(SecurityConfiguration::harden)
                .addFilterAt(
                        new CredentialFilter(checks, OPEN, attempts, refusals),
                        SecurityWebFiltersOrder.AUTHENTICATION)
                .exceptionHandling(
                        handling -> handling.authenticationEntryPoint(
                                (exchange, _) -> attempts
                                        .take(exchange
                                                .getRequest()) instanceof Grant.Refused refused
                                                        ? refusals.limited(exchange, refused)
                                                        : refusals.noCredential(exchange))
                                .accessDeniedHandler(
                                        (exchange, _) -> refusals
                                                .of(exchange, new Verdict.Forbidden())))
                .authorizeExchange(
                        exchanges -> exchanges.matchers(OPEN)
                                .permitAll()
                                .anyExchange()
                                .authenticated())
                .build();
    }

    /// Beside the defaults (no-store, nosniff, no frames): JSON has nothing to load and to refer to.
    private static void harden(ServerHttpSecurity.HeaderSpec headers) {
        headers.contentSecurityPolicy(
                policy -> policy.policyDirectives("default-src 'none'; frame-ancestors 'none'"))
                .referrerPolicy(policy -> policy.policy(ReferrerPolicy.NO_REFERRER));
    }

    /// Present only so that Spring Boot does not invent a user with a generated password.
    @Bean
    ReactiveAuthenticationManager noUsers() {
        return authentication -> Mono.empty();
    }
}
