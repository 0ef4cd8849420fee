package ai.pathbound.mcp.tools;

/// Where a running call can tell its client something before the result. What the client did not ask
/// for is dropped, so tools just speak.
public interface Aside {
    /// Hears nothing.
    Aside NONE = new Aside() {
        @Override
        public void progress(long done, long total, String message) {}

        @Override
        public void log(String level, String message) {}
    };

    /// How far the call is. Each call's numbers grow.
    ///
    /// @param total what `done` will be at the end
    void progress(long done, long total, String message);

    /// A message for the client's log.
    ///
    /// @param level one of the protocol's: `debug`, `info`, `notice`, `warning`, `error` …
    void log(String level, String message);
}
