/// A whole cluster on one machine, each part a process of its own: brokers, nodes, and a balancer in
/// front of them.
@NullMarked
package ai.pathbound.sandbox.cluster;

import org.jspecify.annotations.NullMarked;
