package ai.pathbound.mcp.transport;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.reactive.CorsConfigurationSource;
import org.springframework.web.cors.reactive.UrlBasedCorsConfigurationSource;

/// What browsers are told about calls from web pages; the filter chain applies it. A page may send and
/// read what any other client can, in either era. Methods without a use get their 405 from the server,
/// as everywhere else, not an unreadable refusal from the browser.
@Configuration(proxyBeanMethods = false)
class CorsRules {
    @Bean
    CorsConfigurationSource corsSource(HostNames names) {
        CorsConfiguration cors = new CorsConfiguration() {
            @Override
            public @Nullable String checkOrigin(@Nullable String origin) {
                return origin != null && names.mayCall(origin) ? origin : null;
            }
        };
        cors.setAllowedMethods(List.of("GET", "POST", "DELETE"));
        cors.setAllowedHeaders(
                List.of(
                        "Authorization",
                        "x-api-key",
                        "Content-Type",
                        "Accept",
                        "Cache-Control",
                        "MCP-Protocol-Version",
                        "Mcp-Method",
                        "Mcp-Name",
                        Sessions.HEADER,
                        "Last-Event-ID"));
        cors.setExposedHeaders(
                List.of(
                        Sessions.HEADER,
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
