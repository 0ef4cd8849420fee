/// A Kafka broker that lives and dies with the process that started it.
@NullMarked
package ai.pathbound.broker;

import org.jspecify.annotations.NullMarked;
