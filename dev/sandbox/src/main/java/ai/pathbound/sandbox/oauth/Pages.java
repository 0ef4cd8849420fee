package ai.pathbound.sandbox.oauth;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.util.HtmlUtils;

/// The pages people see: signing in, and consenting to what a client asks for. No scripts.
final class Pages extends HttpServlet {
    static final String LOGIN = "/login";
    static final String CONSENT = "/consent";
    private static final OAuth2TokenType STATE = new OAuth2TokenType("state");
    private static final Map<String, String> MEANINGS = Map.of(
            "contacts:read",
            "See contacts, their notes and conversations",
            "contacts:write",
            "Create, change and delete contacts and their notes",
            "companies:read",
            "See companies and their notes",
            "companies:write",
            "Create, change and delete companies and their notes",
            "events:read",
            "See events");

    private final transient RegisteredClientRepository clients;
    private final transient OAuth2AuthorizationService grants;

    Pages(RegisteredClientRepository clients, OAuth2AuthorizationService grants) {
        this.clients = clients;
        this.grants = grants;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        switch (request.getRequestURI()) {
            case LOGIN -> login(request, response);
            case CONSENT -> consent(request, response);
            default -> show(response, HttpServletResponse.SC_NOT_FOUND, "Nothing here", """
                    <p>This is the sign-in of the Pathbound demo. An MCP client leads you here.</p>
                    """);
        }
    }

    private static void login(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        String fault = request.getParameter("error") == null
                ? ""
                : "<p class=\"fault\">That is not one of the demo's users and passwords.</p>";
        show(response,
                HttpServletResponse.SC_OK,
                "Sign in to Pathbound",
                """
                        %s<form method="post" action="/login">
                        <label>E-mail <input type="email" name="username" autocomplete="username" required autofocus></label>
                        <label>Password <input type="password" name="password" autocomplete="current-password" required></label>
                        <input type="hidden" name="_csrf" value="%s">
                        <button type="submit" id="sign-in">Sign in</button></form>
                        <p>This is the demo's stand-in for the real sign-in. Its users and passwords are where the demo
                        was started.</p>
                        """
                        .formatted(fault, csrf(request)));
    }

    /// The state leads to the request under way; nothing but the choice of scopes comes from the form.
    private void consent(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        String state = Optional.ofNullable(request.getParameter("state")).orElse("");
        Principal user = request.getUserPrincipal();
        OAuth2Authorization grant = state.isEmpty() ? null : grants.findByToken(state, STATE);
        if (user == null || grant == null || !user.getName().equals(grant.getPrincipalName())) {
            refusal(response, "This request is over. Start again from your client.");
            return;
        }
        OAuth2AuthorizationRequest asked = grant
                .getAttribute(OAuth2AuthorizationRequest.class.getName());
        RegisteredClient client = clients.findById(grant.getRegisteredClientId());
        if (asked == null || client == null) {
            refusal(response, "This request is over. Start again from your client.");
            return;
        }
        String hidden = """
                <input type="hidden" name="client_id" value="%s"><input type="hidden" name="state" value="%s">
                """
                .formatted(text(client.getClientId()), text(state));
        show(response,
                HttpServletResponse.SC_OK,
                "Connect to Pathbound?",
                """
                        <p><strong>%s</strong> wants to use Pathbound for you, <strong>%s</strong>.
                        It calls itself <code>%s</code>, and the answer goes to <code>%s</code>.
                        Go on only if you have just started this yourself.</p>
                        <form method="post" action="/oauth2/authorize">%s%s
                        <button type="submit" id="allow">Allow</button></form>
                        <form method="post" action="/oauth2/authorize">%s
                        <button type="submit" id="deny">Deny</button></form>
                        """
                        .formatted(
                                text(client.getClientName()),
                                text(user.getName()),
                                text(client.getClientId()),
                                text(target(asked)),
                                hidden,
                                choices(asked.getScopes()),
                                hidden));
    }

    private static String choices(Set<String> scopes) {
        return new TreeSet<>(scopes).stream()
                .map(scope -> """
                        <label><input type="checkbox" name="scope" value="%s" checked> %s</label>
                        """.formatted(text(scope), text(MEANINGS.getOrDefault(scope, scope))))
                .collect(Collectors.joining());
    }

    private static String target(OAuth2AuthorizationRequest asked) {
        String uri = asked.getRedirectUri();
        return uri == null ? "" : String.valueOf(URI.create(uri).getAuthority());
    }

    private static String csrf(HttpServletRequest request) {
        return request.getAttribute(CsrfToken.class.getName()) instanceof CsrfToken token
                ? text(token.getToken())
                : "";
    }

    /// Says why a request goes no further.
    static void refusal(HttpServletResponse response, String why) throws IOException {
        show(
                response,
                HttpServletResponse.SC_BAD_REQUEST,
                "This does not work",
                "<p class=\"fault\">" + text(why) + "</p>");
    }

    private static void show(HttpServletResponse response, int status, String title, String body)
            throws IOException {
        response.setStatus(status);
        response.setContentType("text/html;charset=UTF-8");
        response.getOutputStream()
                .write(
                        """
                                <!doctype html>
                                <html lang="en"><head><meta charset="utf-8"><title>%s</title>
                                <meta name="viewport" content="width=device-width">
                                <style>
                                  body { font: 16px/1.5 system-ui, sans-serif; max-width: 26rem; margin: 4rem auto; padding: 0 1rem }
                                  label { display: block; margin: .5rem 0 } input[type=email], input[type=password] { width: 100%%; font: inherit }
                                  button { font: inherit; padding: .3rem 1rem; margin-top: 1rem }
                                  .fault { color: #a00 } code { overflow-wrap: anywhere }
                                </style></head><body><h1>%s</h1>
                                %s
                                </body></html>
                                """
                                .formatted(title, title, body)
                                .getBytes(StandardCharsets.UTF_8));
    }

    private static String text(String value) {
        return HtmlUtils.htmlEscape(value, "UTF-8");
    }
}
