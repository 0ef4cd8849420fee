/// What Kafka must have before the first start, and how to begin anew: topics, rights, rebuild.
@NullMarked
package ai.pathbound.projector.setup;

import org.jspecify.annotations.NullMarked;
