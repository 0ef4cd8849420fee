/// How far the projected state is behind Kafka.
@NullMarked
package ai.pathbound.projector.freshness;

import org.jspecify.annotations.NullMarked;
