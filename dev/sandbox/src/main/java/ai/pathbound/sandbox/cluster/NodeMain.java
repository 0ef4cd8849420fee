package ai.pathbound.sandbox.cluster;

import ai.pathbound.mcp.Application;
import java.io.IOException;

/// A production node that ends with the process that started it: the parent holds the other end of
/// standard input and never writes to it. The arguments are those of the node.
final class NodeMain {
    private NodeMain() {}

    public static void main(String[] arguments) {
        Thread.ofPlatform().daemon().name("life-line").start(NodeMain::awaitParentsEnd);
        Application.node().run(arguments);
    }

    private static void awaitParentsEnd() {
        try {
            while (System.in.read() >= 0) {
                // Bytes mean nothing here; only the end does.
            }
        } catch (IOException e) {
            System.err.println("life line broke: " + e.getMessage());
        }
        // As on SIGTERM.
        System.exit(0);
    }
}
