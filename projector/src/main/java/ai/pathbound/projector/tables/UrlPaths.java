package ai.pathbound.projector.tables;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/// The paths of URLs. Taking a URL apart costs more than all else about a column, and visitors look at
/// the same pages: the last ones are remembered.
final class UrlPaths {
    private static final int REMEMBERED = 512;

    private final @Nullable String[] urls = new @Nullable String[REMEMBERED];
    private final @Nullable String[] paths = new @Nullable String[REMEMBERED];

    /// The path without query and escapes; null if this is no URL with one.
    @Nullable
    String of(@Nullable String url) {
        if (url == null) {
            return null;
        }
        int at = url.hashCode() & (REMEMBERED - 1);
        if (!url.equals(urls[at])) {
            urls[at] = url;
            paths[at] = path(url);
        }
        return paths[at];
    }

    private static @Nullable String path(String url) {
        try {
            return URI.create(url).getPath();
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
