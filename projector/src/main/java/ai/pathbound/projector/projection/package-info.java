/// What a change does to the rows: pure rules, no Kafka.
@NullMarked
package ai.pathbound.projector.projection;

import org.jspecify.annotations.NullMarked;
