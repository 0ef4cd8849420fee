/// The column store: a log-structured table of one writer and many readers without locks. Pure Java:
/// it knows nothing of Kafka, RocksDB or Spring.
@NullMarked
package ai.pathbound.projector.columns;

import org.jspecify.annotations.NullMarked;
