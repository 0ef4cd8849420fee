/// A whole node in a process of its own: how soon it is ready, how soon changes are visible, and what
/// it bears.
@NullMarked
package ai.pathbound.bench.node;

import org.jspecify.annotations.NullMarked;
