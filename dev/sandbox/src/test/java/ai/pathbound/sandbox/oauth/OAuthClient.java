package ai.pathbound.sandbox.oauth;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A client together with its user's browser, by bare HTTP: registers, fills in the forms, and gets
/// tokens.
public final class OAuthClient implements AutoCloseable {
    /// Where nobody listens: the answer is read from the redirect.
    public static final String CALLBACK = "http://127.0.0.1:9/callback";
    private static final String VERIFIER = "a-code-verifier-of-at-least-forty-three-characters";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpClient http = HttpClient.newBuilder()
            .cookieHandler(new CookieManager())
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final String issuer;

    public OAuthClient(String issuer) {
        this.issuer = issuer;
    }

    /// A JSON answer and its status.
    public record Answer(int status, JsonNode body) {}

    public JsonNode metadata() {
        return json(
                HttpRequest.newBuilder(
                        URI.create(issuer + "/.well-known/oauth-authorization-server")).build())
                .body();
    }

    /// Registers dynamically; the id.
    public String register() {
        return register(Map.of("client_name", "A test", "redirect_uris", List.of(CALLBACK))).body()
                .path("client_id")
                .asString();
    }

    public Answer register(Map<String, Object> metadata) {
        return json(
                HttpRequest.newBuilder(URI.create(issuer + "/oauth2/register"))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(JSON.writeValueAsString(metadata)))
                        .build());
    }

    /// What an authorization request needs; tests change it.
    public static Map<String, String> request(String clientId, String resource) {
        Map<String, String> request = new LinkedHashMap<>();
        request.put("response_type", "code");
        request.put("client_id", clientId);
        request.put("redirect_uri", CALLBACK);
        request.put("state", "a state/1");
        request.put("code_challenge", challenge());
        request.put("code_challenge_method", "S256");
        request.put("resource", resource);
        return request;
    }

    /// Asks without being signed in, as a browser.
    public HttpResponse<String> ask(Map<String, String> request) {
        return send(
                HttpRequest.newBuilder(
                        URI.create(issuer + "/oauth2/authorize?" + form(request)))
                        .header("Accept", "text/html")
                        .build());
    }

    /// Signs in and consents to everything asked; what the client is told in its callback.
    public Map<String, String> authorize(Map<String, String> request, DemoUser user) {
        return answer(consent(request, user), true);
    }

    /// Signs in; the page that asks for consent, or wherever the browser is sent instead.
    public HttpResponse<String> consent(Map<String, String> request, DemoUser user) {
        HttpResponse<String> asked = ask(request);
        if (!location(asked).endsWith("/login")) {
            return asked;
        }
        String page = get(location(asked)).body();
        HttpResponse<String> signedIn = post(
                "/login",
                Map.of(
                        "username",
                        user.email(),
                        "password",
                        user.password(),
                        "_csrf",
                        hidden(page, "_csrf")));
        HttpResponse<String> next = get(location(signedIn));
        return next.statusCode() == 302 && location(next).contains("/consent")
                ? get(location(next))
                : next;
    }

    /// Presses a button of the consent page; without a page, reads where the browser was sent.
    public Map<String, String> answer(HttpResponse<String> consent, boolean allow) {
        if (consent.statusCode() != 200) {
            return parameters(location(consent));
        }
        String form = "client_id=" + encoded(hidden(consent.body(), "client_id")) + "&state="
                + encoded(hidden(consent.body(), "state"))
                + (allow
                        ? scopes(consent.body()).stream()
                                .map(scope -> "&scope=" + encoded(scope))
                                .collect(Collectors.joining())
                        : "");
        return parameters(location(post("/oauth2/authorize", form)));
    }

    /// The scopes a consent page offers.
    public static List<String> scopes(String page) {
        return Pattern.compile("name=\"scope\" value=\"([^\"]+)\"")
                .matcher(page)
                .results()
                .map(found -> found.group(1))
                .sorted()
                .toList();
    }

    public Answer token(String clientId, String code, Map<String, String> more) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "authorization_code");
        form.put("client_id", clientId);
        form.put("code", code);
        form.put("redirect_uri", CALLBACK);
        form.put("code_verifier", VERIFIER);
        form.putAll(more);
        return form("/oauth2/token", form);
    }

    public Answer refresh(String clientId, String token) {
        return form(
                "/oauth2/token",
                Map.of(
                        "grant_type",
                        "refresh_token",
                        "client_id",
                        clientId,
                        "refresh_token",
                        token));
    }

    public Answer revoke(String clientId, String token) {
        return form("/oauth2/revoke", Map.of("client_id", clientId, "token", token));
    }

    private Answer form(String path, Map<String, String> form) {
        return read(post(path, form));
    }

    /// The whole way to a pair of tokens.
    public JsonNode tokens(String clientId, String resource, DemoUser user) {
        Map<String, String> answer = authorize(request(clientId, resource), user);
        String code = answer.getOrDefault("code", "");
        Answer tokens = token(clientId, code, Map.of("resource", resource));
        if (tokens.status() != 200) {
            throw new AssertionError(answer + " " + tokens);
        }
        return tokens.body();
    }

    private HttpResponse<String> get(String url) {
        return send(
                HttpRequest.newBuilder(URI.create(issuer).resolve(url))
                        .header("Accept", "text/html")
                        .build());
    }

    private HttpResponse<String> post(String path, Map<String, String> form) {
        return post(path, form(form));
    }

    private HttpResponse<String> post(String path, String form) {
        return send(
                HttpRequest.newBuilder(URI.create(issuer + path))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form))
                        .build());
    }

    private Answer json(HttpRequest request) {
        return read(send(request));
    }

    private static Answer read(HttpResponse<String> response) {
        return new Answer(response.statusCode(),
                JSON.readTree(response.body().isEmpty() ? "{}" : response.body()));
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static String location(HttpResponse<String> response) {
        return response.headers()
                .firstValue("Location")
                .orElseThrow(
                        () -> new AssertionError(response.statusCode() + " " + response.body()));
    }

    static Map<String, String> parameters(String url) {
        return Arrays.stream(url.substring(url.indexOf('?') + 1).split("&"))
                .map(pair -> pair.split("=", 2))
                .collect(
                        Collectors.toMap(
                                pair -> pair[0],
                                pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
    }

    private static String hidden(String page, String name) {
        Matcher found = Pattern.compile("name=\"" + name + "\" value=\"([^\"]*)\"").matcher(page);
        if (!found.find()) {
            throw new AssertionError("no " + name + " in " + page);
        }
        return found.group(1);
    }

    private static String form(Map<String, String> form) {
        return form.entrySet()
                .stream()
                .map(entry -> entry.getKey() + "=" + encoded(entry.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private static String challenge() {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(VERIFIER.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException(absent);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
