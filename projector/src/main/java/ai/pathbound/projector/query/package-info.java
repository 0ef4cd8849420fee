/// Questions about one tenant and their answers: the door of the read model for everyone above it.
@NullMarked
package ai.pathbound.projector.query;

import org.jspecify.annotations.NullMarked;
