/// The read model as one part: start it, ask it, stop it.
@NullMarked
package ai.pathbound.projector;

import org.jspecify.annotations.NullMarked;
