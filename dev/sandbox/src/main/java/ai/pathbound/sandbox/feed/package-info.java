/// The change feed: outbox rows to Kafka, in order, never lost.
@NullMarked
package ai.pathbound.sandbox.feed;

import org.jspecify.annotations.NullMarked;
