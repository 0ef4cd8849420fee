package ai.pathbound.mcp;

import ai.pathbound.mcp.nodes.NodeClient;
import ai.pathbound.mcp.nodes.NodeSecurity;
import ai.pathbound.mcp.nodes.NodeSettings;
import ai.pathbound.mcp.nodes.ReadThreads;
import ai.pathbound.mcp.tools.ReadSettings;
import java.time.InstantSource;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.springframework.boot.ssl.SslBundles;

/// What a process needs to talk to other nodes.
record NodeParts(NodeSecurity security, NodeClient client, ReadThreads threads)
        implements
            AutoCloseable {
    static NodeParts of(NodeSettings nodes, ReadSettings reads, SslBundles bundles) {
        Optional<SSLContext> tls = nodes.sslBundle().isEmpty()
                ? Optional.empty()
                : Optional.of(bundles.getBundle(nodes.sslBundle()).createSslContext());
        NodeSecurity security = new NodeSecurity(nodes.secret(), InstantSource.system(), tls);
        return new NodeParts(security, new NodeClient(security, nodes.connections()),
                new ReadThreads(reads.threads(), reads.queueMax()));
    }

    @Override
    public void close() {
        client.close();
        threads.close();
    }
}
