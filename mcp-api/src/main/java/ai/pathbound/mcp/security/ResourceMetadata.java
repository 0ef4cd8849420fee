package ai.pathbound.mcp.security;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

/// Tells clients which authorization server to get a token from (RFC 9728), at the root and behind the
/// path of the endpoint, because clients look at both. All of it comes from settings: behind a proxy,
/// the request does not show the address users know.
@Configuration(proxyBeanMethods = false)
class ResourceMetadata {
    @Bean
    RouterFunction<ServerResponse> metadataRoute(OAuthSettings settings) {
        if (!settings.enabled()) {
            return RouterFunctions.route(
                    RequestPredicates.GET(OAuthSettings.WELL_KNOWN)
                            .or(RequestPredicates.GET(OAuthSettings.WELL_KNOWN + "/**")),
                    _ -> ServerResponse.notFound().build());
        }
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("resource", settings.publicUrl());
        metadata.put("authorization_servers", List.of(settings.issuer()));
        metadata.put("scopes_supported", settings.scopes());
        metadata.put("bearer_methods_supported", List.of("header"));
        metadata.put("resource_name", "Pathbound");
        Set<String> places = Set.copyOf(
                List.of(
                        OAuthSettings.WELL_KNOWN,
                        OAuthSettings.WELL_KNOWN + "/mcp",
                        OAuthSettings.WELL_KNOWN + settings.publicPath()));
        return RouterFunctions.route(
                RequestPredicates.method(HttpMethod.GET)
                        .and(request -> places.contains(request.path())),
                _ -> ServerResponse.ok()
                        .contentType(MediaType.APPLICATION_JSON)
                        .bodyValue(metadata));
    }
}
