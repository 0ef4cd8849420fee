/// Commands for whoever runs the cluster: what Kafka must have, and beginning anew.
@NullMarked
package ai.pathbound.mcp.setup;

import org.jspecify.annotations.NullMarked;
