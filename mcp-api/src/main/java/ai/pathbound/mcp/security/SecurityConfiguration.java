package ai.pathbound.mcp.security;

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
import org.springframework.web.cors.reactive.CorsConfigurationSource;
import reactor.core.publisher.Mono;

/// The filter chain: stateless, nothing but credentials in headers.
@Configuration(proxyBeanMethods = false)
@EnableWebFluxSecurity
class SecurityConfiguration {
    @Bean
    SecurityWebFilterChain chain(ServerHttpSecurity http,
            List<CredentialCheck> checks,
            CorsConfigurationSource pages) {
        // No CSRF tokens: no cookie ever authenticates here.
        return http.csrf(ServerHttpSecurity.CsrfSpec::disable)
                .httpBasic(ServerHttpSecurity.HttpBasicSpec::disable)
                .formLogin(ServerHttpSecurity.FormLoginSpec::disable)
                .logout(ServerHttpSecurity.LogoutSpec::disable)
                .requestCache(ServerHttpSecurity.RequestCacheSpec::disable)
                .securityContextRepository(NoOpServerSecurityContextRepository.getInstance())
                .cors(cors -> cors.configurationSource(pages))
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
                                .pathMatchers(HttpMethod.GET, "/health/live", "/health/ready")
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
}
