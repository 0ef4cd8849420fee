/// A real Kafka broker in a JVM of its own, started, watched and stopped from here.
@NullMarked
package ai.pathbound.sandbox.broker;

import org.jspecify.annotations.NullMarked;
