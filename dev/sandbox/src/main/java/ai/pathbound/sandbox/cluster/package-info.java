/// A whole cluster on one machine, each part a process of its own: brokers, nodes, and a front that
/// clients come in by.
@NullMarked
package ai.pathbound.sandbox.cluster;

import org.jspecify.annotations.NullMarked;
