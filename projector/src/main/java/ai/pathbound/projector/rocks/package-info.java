/// The RocksDB store of one partition, its options and its life.
@NullMarked
package ai.pathbound.projector.rocks;

import org.jspecify.annotations.NullMarked;
