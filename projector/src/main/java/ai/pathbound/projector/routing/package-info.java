/// Which node has which partition.
@NullMarked
package ai.pathbound.projector.routing;

import org.jspecify.annotations.NullMarked;
