package ai.pathbound.mcp.security;

import ai.pathbound.mcp.transport.TransportSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.ReactiveAuthenticationManager;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.web.server.SecurityWebFiltersOrder;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.context.NoOpServerSecurityContextRepository;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.reactive.CorsConfigurationSource;
import org.springframework.web.cors.reactive.UrlBasedCorsConfigurationSource;
import reactor.core.publisher.Mono;

/// The filter chain: stateless, nothing but credentials in headers.
@Configuration(proxyBeanMethods = false)
@EnableWebFluxSecurity
class SecurityConfiguration {
    @Bean
    SecurityWebFilterChain chain(ServerHttpSecurity http,
            List<CredentialCheck> checks,
            TransportSettings settings) {
        // No CSRF tokens: no cookie ever authenticates here.
        return http.csrf(ServerHttpSecurity.CsrfSpec::disable)
                .httpBasic(ServerHttpSecurity.HttpBasicSpec::disable)
                .formLogin(ServerHttpSecurity.FormLoginSpec::disable)
                .logout(ServerHttpSecurity.LogoutSpec::disable)
                .requestCache(ServerHttpSecurity.RequestCacheSpec::disable)
                .securityContextRepository(NoOpServerSecurityContextRepository.getInstance())
                .cors(cors -> cors.configurationSource(corsSource(settings)))
                .addFilterAt(new CredentialFilter(checks), SecurityWebFiltersOrder.AUTHENTICATION)
                .exceptionHandling(
                        refusals -> refusals.authenticationEntryPoint(
                                (exchange, _) -> Refusals.noCredential(exchange))
                                .accessDeniedHandler(
                                        (exchange, _) -> Refusals.of(
                                                exchange,
                                                new Verdict.Forbidden())))
                .authorizeExchange(
                        exchanges -> exchanges.pathMatchers(HttpMethod.OPTIONS)
                                .permitAll()
                                .anyExchange()
                                .authenticated())
                .build();
    }

    /// Present only so that Spring Boot does not invent a user with a generated password.
    @Bean
    ReactiveAuthenticationManager noUsers() {
        return authentication -> Mono.empty();
    }

    private static CorsConfigurationSource corsSource(TransportSettings settings) {
        List<String> origins = new ArrayList<>(
                List.of("http://localhost:[*]", "http://127.0.0.1:[*]"));
        origins.addAll(settings.allowedOrigins());
        CorsConfiguration cors = new CorsConfiguration();
        cors.setAllowedOriginPatterns(origins);
        cors.setAllowedMethods(List.of("POST"));
        cors.setAllowedHeaders(
                List.of(
                        "Authorization",
                        "x-api-key",
                        "Content-Type",
                        "Accept",
                        "MCP-Protocol-Version",
                        "Mcp-Method",
                        "Mcp-Name"));
        cors.setExposedHeaders(List.of("WWW-Authenticate", "Retry-After"));
        cors.setMaxAge(Duration.ofHours(1));
        UrlBasedCorsConfigurationSource source = new UrlBasedCorsConfigurationSource();
        source.registerCorsConfiguration("/**", cors);
        return source;
    }
}
