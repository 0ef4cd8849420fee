package ai.pathbound.sandbox.demo;

import ai.pathbound.sandbox.LocalOptions;
import ai.pathbound.sandbox.SandboxSettings;
import picocli.CommandLine.Option;

/// The command line of the demo.
final class DemoOptions extends LocalOptions {
    @Option(names = "--backend-limits", description = "100 requests per 15 minutes and key")
    boolean backendLimits;

    SandboxSettings sandbox(String bootstrapServers) {
        return backend(bootstrapServers, backendLimits);
    }
}
