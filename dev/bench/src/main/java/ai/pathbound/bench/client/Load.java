package ai.pathbound.bench.client;

import ai.pathbound.bench.report.Laps;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Calls over several connections at once, each connection waiting for its answer before it asks
/// again. Kinds of calls alternate in short blocks; all connections make the same kind at a time, so
/// that a cheap call never queues behind a dear one.
public final class Load {
    private static final int BLOCK = 25;

    private final int port;
    private final int connections;

    public Load(int port, int connections) {
        this.port = port;
        this.connections = connections;
    }

    /// The laps of each kind of call, by its name.
    public Map<String, Laps> run(List<ToolCall> calls, int blocks)
            throws InterruptedException, ExecutionException {
        CyclicBarrier start = new CyclicBarrier(connections);
        Callable<Map<String, Laps>> work = () -> {
            try (Connection connection = new Connection(port)) {
                return run(connection, start, calls, blocks);
            }
        };
        Map<String, Laps> all = new HashMap<>();
        try (var threads = Executors.newFixedThreadPool(connections)) {
            List<Future<Map<String, Laps>>> running = new ArrayList<>();
            for (int i = 0; i < connections; i++) {
                running.add(threads.submit(work));
            }
            for (Future<Map<String, Laps>> one : running) {
                one.get()
                        .forEach(
                                (name, laps) -> all.computeIfAbsent(name, _ -> new Laps())
                                        .addAll(laps));
            }
        }
        return all;
    }

    private static Map<String, Laps> run(Connection connection,
            CyclicBarrier start,
            List<ToolCall> calls,
            int blocks) throws InterruptedException, BrokenBarrierException {
        Map<String, Laps> all = new HashMap<>();
        int number = 0;
        for (int block = 0; block < blocks; block++) {
            for (ToolCall call : calls) {
                Laps laps = all.computeIfAbsent(call.name(), _ -> new Laps());
                start.await();
                for (int i = 0; i < BLOCK; i++) {
                    byte[] request = call.request(number++);
                    laps.time(() -> exchange(connection, request));
                }
            }
        }
        return all;
    }

    private static byte[] exchange(Connection connection, byte[] request) {
        try {
            return connection.exchange(request);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
