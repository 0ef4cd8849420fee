package ai.pathbound.mcp.transport;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.reactive.CorsConfigurationSource;
import org.springframework.web.cors.reactive.UrlBasedCorsConfigurationSource;

/// What browsers are told about calls from web pages; the filter chain applies it.
@Configuration(proxyBeanMethods = false)
class CorsRules {
    @Bean
    CorsConfigurationSource corsSource(TransportSettings settings) {
        List<String> origins = new ArrayList<>(
                List.of("http://localhost:[*]", "http://127.0.0.1:[*]"));
        origins.addAll(settings.allowedOrigins());
        CorsConfiguration cors = new CorsConfiguration();
        cors.setAllowedOriginPatterns(origins);
        cors.setAllowedMethods(List.of("GET", "POST"));
        cors.setAllowedHeaders(
                List.of(
                        "Authorization",
                        "x-api-key",
                        "Content-Type",
                        "Accept",
                        "MCP-Protocol-Version",
                        "Mcp-Method",
                        "Mcp-Name"));
        cors.setExposedHeaders(List.of(
                "WWW-Authenticate",
                "Retry-After",
                "RateLimit-Limit",
                "RateLimit-Remaining",
                "RateLimit-Reset"));
        cors.setMaxAge(Duration.ofHours(1));
        UrlBasedCorsConfigurationSource source = new UrlBasedCorsConfigurationSource();
        source.registerCorsConfiguration("/**", cors);
        return source;
    }
}
