package ai.pathbound.sandbox.oauth;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Fetches client id metadata documents (draft-ietf-oauth-client-id-metadata-document): a client names
/// itself by an `https` address, where it says who it is. Bounded in size and time; redirects are not
/// followed, as they could lead anywhere.
final class ClientDocuments implements AutoCloseable {
    private static final int BYTES_MAX = 16 * 1024;
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpClient http = HttpClient.newBuilder()
            .followRedirects(Redirect.NEVER)
            .connectTimeout(TIMEOUT)
            .build();

    ClientDocument fetch(String clientId) {
        Optional<String> fault = ClientAddress.fault(clientId);
        if (fault.isPresent()) {
            return new ClientDocument.Unusable(fault.get());
        }
        HttpRequest request = HttpRequest.newBuilder(URI.create(clientId))
                .timeout(TIMEOUT)
                .header("Accept", "application/json")
                .build();
        CompletableFuture<HttpResponse<String>> answer = http
                .sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofString(), BYTES_MAX));
        try {
            // The timeout above ends with the headers; this one is for a body that drips.
            HttpResponse<String> document = answer.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
            return document.statusCode() == 200
                    ? read(clientId, JSON.readTree(document.body()))
                    : new ClientDocument.Unusable(
                            "its document answers with status " + document.statusCode());
        } catch (ExecutionException | TimeoutException e) {
            answer.cancel(true);
            return new ClientDocument.Unusable("its document cannot be fetched: "
                    + e.getClass().getSimpleName());
        } catch (JacksonException e) {
            return new ClientDocument.Unusable("its document is no JSON");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new ClientDocument.Unusable("this server stops");
        }
    }

    private static ClientDocument read(String clientId, JsonNode document) {
        if (!document.path("client_id").asString("").equals(clientId)) {
            return new ClientDocument.Unusable("its document names another client_id");
        }
        if (!document.path("token_endpoint_auth_method").asString("none").equals("none")) {
            return new ClientDocument.Unusable("it must use the token_endpoint_auth_method none");
        }
        List<String> redirectUris = new ArrayList<>();
        document.path("redirect_uris").forEach(uri -> redirectUris.add(uri.asString("")));
        String name = document.path("client_name").asString(URI.create(clientId).getHost());
        return RedirectUris.fault(redirectUris)
                .<ClientDocument>map(ClientDocument.Unusable::new)
                .orElseGet(() -> new ClientDocument.Described(name, redirectUris));
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
