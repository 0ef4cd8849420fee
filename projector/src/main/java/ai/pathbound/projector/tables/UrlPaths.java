package ai.pathbound.projector.tables;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/// The paths of URLs. Taking a URL apart costs more than all else about a column, and visitors look at
/// the same pages: the last ones are remembered, whichever thread asked. Safe for several threads, as
/// each sees all or nothing of what another remembers.
final class UrlPaths {
    private static final int REMEMBERED = 2048;
    private static final int CHARS_MAX = 1024;

    private final @Nullable Known[] known = new @Nullable Known[REMEMBERED];

    private record Known(String url, @Nullable String path) {}

    /// The path without query and escapes; null if this is no URL with one.
    @Nullable
    String of(@Nullable String url) {
        if (url == null) {
            return null;
        }
        int at = url.hashCode() & (REMEMBERED - 1);
        Known found = known[at];
        if (found == null || !url.equals(found.url())) {
            found = new Known(url, path(url));
            if (url.length() <= CHARS_MAX) {
                known[at] = found;
            }
        }
        return found.path();
    }

    private static @Nullable String path(String url) {
        try {
            return URI.create(url).getPath();
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
