/// Numbers for whoever watches the node, in the form Prometheus reads, on a port of their own.
@NullMarked
package ai.pathbound.mcp.metrics;

import org.jspecify.annotations.NullMarked;
