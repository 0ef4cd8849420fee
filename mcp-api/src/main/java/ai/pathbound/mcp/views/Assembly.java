package ai.pathbound.mcp.views;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/// Puts a page together from its parts, at start: nothing is bundled at build time, so that no build
/// needs Node. The page's own policy allows exactly this script and this style, and no network.
final class Assembly {
    /// As in `pom.xml`; another version there and the start fails, for want of these files.
    private static final String CHARTS = "/META-INF/resources/webjars/uplot/1.6.30/";
    private static final String PARTS = "/views/";

    private Assembly() {}

    static String plain(String title, String script) {
        return page(title, part("style.css"), part("host.js") + part(script));
    }

    /// A page that draws lines, with the chart library and its licence.
    static String withCharts(String title, String script) {
        String licence = "/*\n" + load(CHARTS + "LICENSE").replace("*/", "") + "\n*/\n";
        return page(title,
                licence + load(CHARTS + "dist/uPlot.min.css") + part("style.css"),
                licence + load(CHARTS + "dist/uPlot.iife.min.js") + "\n" + part("host.js")
                        + part(script));
    }

    private static String page(String title, String style, String script) {
        if (script.contains("</script") || style.contains("</style")) {
            throw new IllegalStateException("a part of the view '" + title + "' would end its tag");
        }
        String policy = "default-src 'none'; script-src '" + hash(script) + "'; style-src '"
                + hash(style) + "'; base-uri 'none'; form-action 'none'";
        return part("page.html")
                .replace("{csp}", policy)
                .replace("{title}", title)
                .replace("{style}", style)
                .replace("{script}", script);
    }

    /// As a content security policy names an inline script or style.
    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(text.getBytes(StandardCharsets.UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static String part(String file) {
        return load(PARTS + file);
    }

    private static String load(String path) {
        try (InputStream stream = Assembly.class.getResourceAsStream(path)) {
            if (stream == null) {
                throw new IllegalStateException(path + " is not on the class path");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
