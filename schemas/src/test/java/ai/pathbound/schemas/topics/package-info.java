/// Tests of keys and partitions.
@NullMarked
package ai.pathbound.schemas.topics;

import org.jspecify.annotations.NullMarked;
