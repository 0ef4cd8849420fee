/// Changes as bytes: Avro single-object encoding with every published schema version in the jar.
@NullMarked
package ai.pathbound.schemas.codec;

import org.jspecify.annotations.NullMarked;
