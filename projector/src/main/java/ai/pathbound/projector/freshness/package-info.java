/// How far readable state is behind Kafka, and waiting for it to catch up.
@NullMarked
package ai.pathbound.projector.freshness;

import org.jspecify.annotations.NullMarked;
