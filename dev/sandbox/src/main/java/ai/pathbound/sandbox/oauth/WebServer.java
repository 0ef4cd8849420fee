package ai.pathbound.sandbox.oauth;

import jakarta.servlet.Filter;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletContext;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.session.StandardManager;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.tomcat.util.http.Rfc6265CookieProcessor;

/// A Tomcat with one filter in front of one servlet, for this machine only. Not Spring Boot's: its
/// start-up would take this web server for that of the MCP node, which runs in the same process.
final class WebServer implements AutoCloseable {
    /// Cookies do not tell ports apart, and other servers on this machine have a `JSESSIONID`, too.
    private static final String COOKIE = "pathbound_sign_in";
    private static final int SESSION_MINUTES = 30;
    private static final int THREADS = 8;
    /// Kept here, since the logging library forgets levels of loggers that nobody holds.
    private static final Logger LOG = Logger.getLogger("org.apache");

    /// What the server runs.
    record Parts(Filter filter, Servlet servlet) {}

    private final Tomcat tomcat;

    private WebServer(Tomcat tomcat) {
        this.tomcat = tomcat;
    }

    /// Serves on this port; throws [IllegalStateException] when that does not work.
    static WebServer start(int port, Path folder, Function<ServletContext, Parts> parts) {
        LOG.setLevel(Level.WARNING);
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(folder.toString());
        tomcat.setConnector(connector(port));
        Context context = tomcat.addContext("", folder.toString());
        context.setSessionCookieName(COOKIE);
        context.setUseHttpOnly(true);
        context.setSessionTimeout(SESSION_MINUTES);
        Rfc6265CookieProcessor cookies = new Rfc6265CookieProcessor();
        cookies.setSameSiteCookies("lax");
        context.setCookieProcessor(cookies);
        StandardManager sessions = new StandardManager();
        // Who was signed in is forgotten with the process.
        sessions.setPathname(null);
        context.setManager(sessions);
        context.addServletContainerInitializer((_, servlets) -> {
            Parts made = parts.apply(servlets);
            servlets.addFilter("bodies", new BodyBound())
                    .addMappingForUrlPatterns(null, false, "/*");
            servlets.addFilter("security", made.filter())
                    .addMappingForUrlPatterns(null, false, "/*");
            servlets.addServlet("pages", made.servlet()).addMapping("/");
        }, Set.of());
        ErrorReportValve errors = new ErrorReportValve();
        errors.setShowReport(false);
        errors.setShowServerInfo(false);
        tomcat.getHost().getPipeline().addValve(errors);
        WebServer server = new WebServer(tomcat);
        try {
            tomcat.start();
            if (!context.getState().isAvailable()) {
                throw new IllegalStateException("the authorization server did not start");
            }
            return server;
        } catch (LifecycleException e) {
            server.close();
            throw new IllegalStateException("the authorization server did not start", e);
        }
    }

    private static Connector connector(int port) {
        Connector connector = new Connector();
        connector.setPort(port);
        connector.setProperty("address", InetAddress.getLoopbackAddress().getHostAddress());
        connector.setProperty("maxThreads", Integer.toString(THREADS));
        connector.setProperty("minSpareThreads", "1");
        connector.setThrowOnFailure(true);
        return connector;
    }

    @Override
    public void close() {
        try {
            tomcat.stop();
            tomcat.destroy();
        } catch (LifecycleException e) {
            throw new IllegalStateException("the authorization server did not stop", e);
        }
    }
}
