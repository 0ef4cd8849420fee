package ai.pathbound.projector.freshness;

import org.apache.kafka.common.TopicPartition;

/// A topic that ends before what was applied from it: its newest records were lost, as after an unclean
/// election of a leader or with a broker that was restored from a backup. New records take the offsets
/// of lost ones and would be skipped.
///
/// @param end where it ends now
/// @param applied last offset applied
public record Truncation(TopicPartition partition, long end, long applied) {}
