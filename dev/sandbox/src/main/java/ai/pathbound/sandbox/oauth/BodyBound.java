package ai.pathbound.sandbox.oauth;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/// Refuses bodies that no form or registration needs, before anything reads them: anybody may register.
/// A body has to say how long it is.
final class BodyBound extends HttpFilter {
    /// Less than the column of redirect addresses holds.
    static final int BYTES_MAX = 8 * 1024;
    private static final int CONTENT_TOO_LARGE = 413;
    private static final long serialVersionUID = 1;

    @Override
    protected void doFilter(HttpServletRequest request,
            HttpServletResponse response,
            FilterChain rest) throws IOException, ServletException {
        if (request.getHeader("Transfer-Encoding") != null) {
            response.sendError(HttpServletResponse.SC_LENGTH_REQUIRED);
        } else if (request.getContentLengthLong() > BYTES_MAX) {
            response.sendError(CONTENT_TOO_LARGE);
        } else {
            rest.doFilter(request, response);
        }
    }
}
