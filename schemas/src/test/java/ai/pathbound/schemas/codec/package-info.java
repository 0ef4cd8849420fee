/// Tests of changes as bytes.
@NullMarked
package ai.pathbound.schemas.codec;

import org.jspecify.annotations.NullMarked;
