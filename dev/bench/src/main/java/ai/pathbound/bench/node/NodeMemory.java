package ai.pathbound.bench.node;

import ai.pathbound.bench.report.Run;
import java.io.IOException;

/// What a node's process keeps in memory, in bytes, right after a full collection: what is left is
/// held by something.
///
/// @param heap live objects
/// @param nonHeap classes, compiled code
/// @param direct buffers outside the heap
/// @param blockCache RocksDB's cache, the same for all partitions
/// @param resident what the operating system counts
record NodeMemory(double heap,
        double nonHeap,
        double direct,
        double blockCache,
        double resident) {
    private static final double MIB = 1 << 20;

    static NodeMemory of(NodeProcess node) throws IOException, InterruptedException {
        node.collectGarbage();
        NodeNumbers numbers = NodeNumbers.of(node);
        return new NodeMemory(numbers.sum("jvm_memory_used_bytes{area=\"heap\""),
                numbers.sum("jvm_memory_used_bytes{area=\"nonheap\""),
                numbers.sum("jvm_buffer_memory_used_bytes"),
                numbers.sum("pathbound_rocksdb_block_cache_bytes"), node.residentBytes());
    }

    void tell(Run run, String benchmark, String when) {
        run.measured(benchmark, "live heap " + when, heap / MIB, "MiB");
        run.measured(benchmark, "classes and code " + when, nonHeap / MIB, "MiB");
        run.measured(benchmark, "buffers outside the heap " + when, direct / MIB, "MiB");
        run.measured(benchmark, "RocksDB's block cache " + when, blockCache / MIB, "MiB");
        run.measured(benchmark, "resident " + when, resident / MIB, "MiB");
    }

    @Override
    public String toString() {
        return "live heap %.1f, classes and code %.1f, buffers %.1f, block cache %.1f, resident %.1f MiB"
                .formatted(
                        heap / MIB,
                        nonHeap / MIB,
                        direct / MIB,
                        blockCache / MIB,
                        resident / MIB);
    }
}
