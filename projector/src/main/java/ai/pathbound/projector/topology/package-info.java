/// The Streams topology and the processor that feeds the projection.
@NullMarked
package ai.pathbound.projector.topology;

import org.jspecify.annotations.NullMarked;
