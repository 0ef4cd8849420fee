package ai.pathbound.sandbox.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pathbound.sandbox.hostile.Garbage.Sent;
import ai.pathbound.sandbox.hostile.Mcp.Era;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.filter.ThresholdFilter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.SocketException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Thousands of malformed requests over bare connections, while others are held open half-sent: each
/// gets a well-formed answer that is no server error and shows no internals, and the server is
/// afterwards what it was before.
///
/// Memory is looked at after each of five equal rounds. What grows up to a bound (caches, code, buffers)
/// has grown in the first ones; what grows with every request would go on to the last.
///
/// `-Dpathbound.fuzz=100000` sends that many; a finding names the seed that sends it again.
final class FuzzIT {
    private static final int REQUESTS = Integer.getInteger("pathbound.fuzz", 3_000);
    private static final int THREADS = 3;
    private static final int ROUNDS = 5;
    private static final long HEAP_SLACK = 4L << 20;
    /// Open and half-sent during each round, of each kind.
    private static final int HELD = 20;
    private static final String BODY_BEGUN = String.join(
            "\r\n",
            "POST /mcp HTTP/1.1",
            "Host: localhost",
            "Content-Length: 9",
            "Content-Type: application/json",
            "Authorization: Bearer sk_demo_acme",
            "",
            "{");
    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern INTERNALS = Pattern.compile(
            "Exception|Throwable|ai\\.pathbound\\.|springframework|reactor\\.|netty|java\\.|jackson"
                    + "|\\sat [a-z]+\\.|stackTrace|requestId|rocksdb|RocksDB|StackOverflow"
                    + "|OutOfMemory|NullPointer|ClassCast|incident|\\\\\"internal\\\\\"|-32603|h2:");

    @TempDir
    private Path folder = Path.of(".");
    private final Queue<String> findings = new ConcurrentLinkedQueue<>();
    private final Map<Integer, AtomicInteger> statuses = new ConcurrentSkipListMap<>();
    private final AtomicLong slowestNanos = new AtomicLong();

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {20261123})
    void garbage_isAnsweredDecently_andDoesNoHarm(long seed) throws Exception {
        try (Stack stack = new Stack(folder, "pathbound.reads.visible-within=50ms",
                "pathbound.limits.concurrent=0")) {
            ListAppender<ILoggingEvent> log = errors();
            stack.load(Marked.of("acme", "amberfox", seed));
            try (Mcp mcp = new Mcp(stack.port(), "sk_demo_acme", Era.MODERN)) {
                List<ObjectNode> tools = tools(mcp);
                String event = timeOfAnEvent(mcp);
                List<Long> heap = new ArrayList<>();
                for (int round = 0; round < ROUNDS; round++) {
                    long first = seed + (long) round * REQUESTS / ROUNDS;
                    try (Held _ = new Held(stack.port())) {
                        send(stack.port(), first, REQUESTS / ROUNDS, tools);
                    }
                    heap.add(heap());
                }
                System.out.printf(
                        "%,d requests: statuses %s, slowest %d ms, heap after each fifth %s KB,"
                                + " %d findings%n",
                        REQUESTS,
                        statuses,
                        slowestNanos.get() / 1_000_000,
                        heap.stream().map(bytes -> bytes >> 10).toList(),
                        findings.size());
                assertThat(findings.stream().limit(10)).isEmpty();
                // Whoever sends garbage must not fill the log with it.
                assertThat(log.list).as("logged as errors").isEmpty();
                assertThat(statuses).containsKeys(200, 202, 400, 401, 403, 405, 413, 421);
                // Bounded caches fill, of keys and addresses among others; then nothing more may stay.
                assertThat(heap.getLast()).as("heap in bytes after each fifth: %s", heap)
                        .isLessThan(heap.get(ROUNDS - 2) + HEAP_SLACK);
                assertThat(tools(mcp)).isEqualTo(tools);
                assertThat(timeOfAnEvent(mcp)).isEqualTo(event).isNotEmpty();
            }
        }
    }

    /// What is logged as an error from now on.
    private static ListAppender<ILoggingEvent> errors() {
        ThresholdFilter errors = new ThresholdFilter();
        errors.setLevel("ERROR");
        errors.start();
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.addFilter(errors);
        log.start();
        ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).addAppender(log);
        return log;
    }

    /// No tool can change it, so it must be as before.
    private static String timeOfAnEvent(Mcp mcp) {
        return mcp.tool("get_event", Map.of("event_id", "evt_0"))
                .structured()
                .at("/event/timestamp")
                .asString("");
    }

    private static List<ObjectNode> tools(Mcp mcp) {
        List<ObjectNode> tools = new ArrayList<>();
        mcp.list("tools").result().path("tools").forEach(tool -> tools.add((ObjectNode) tool));
        return tools;
    }

    private static long heap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /// Connections on which a head or a body never ends.
    private static final class Held implements AutoCloseable {
        private final List<Wire> wires = new ArrayList<>();

        Held(int port) throws IOException {
            for (int i = 0; i < HELD; i++) {
                hold(port, "POST /mcp HTTP/1.1\r\nHost: loc");
                hold(port, BODY_BEGUN);
            }
        }

        private void hold(int port, String beginning) throws IOException {
            Wire wire = new Wire(port);
            wires.add(wire);
            wire.send(beginning);
        }

        @Override
        public void close() throws IOException {
            for (Wire wire : wires) {
                wire.close();
            }
        }
    }

    private void send(int port, long seed, int count, List<ObjectNode> tools)
            throws InterruptedException, ExecutionException {
        AtomicInteger next = new AtomicInteger();
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                running.add(threads.submit(() -> {
                    for (int n = next.getAndIncrement(); n < count; n = next.getAndIncrement()) {
                        one(port, seed + n, tools);
                    }
                }));
            }
            for (Future<?> thread : running) {
                thread.get();
            }
        }
    }

    private void one(int port, long seed, List<ObjectNode> tools) {
        Sent sent = new Garbage(seed, tools).next();
        String what = "seed " + seed + " ";
        try (Wire wire = new Wire(port)) {
            long begin = System.nanoTime();
            try {
                wire.send(sent.bytes());
                if (sent.answers() < 0) {
                    wire.endOutput();
                }
            } catch (SocketException refused) {
                // It may answer and close before everything has come.
            }
            int due = sent.answers();
            for (int i = 0; i != due; i++) {
                Optional<Wire.Answer> answer = read(wire, sent);
                if (answer.isEmpty()) {
                    if (due > 0) {
                        findings.add(what + "answer " + i + " of " + due + " is missing");
                    }
                    break;
                }
                check(what, answer.get());
            }
            slowestNanos.accumulateAndGet(System.nanoTime() - begin, Math::max);
        } catch (IOException e) {
            findings.add(what + e);
        }
    }

    private static Optional<Wire.Answer> read(Wire wire, Sent sent) throws IOException {
        try {
            return wire.read(new String(sent.bytes(), 0, Math.min(4, sent.bytes().length),
                    java.nio.charset.StandardCharsets.ISO_8859_1).equals("HEAD"));
        } catch (SocketException reset) {
            if (sent.answers() > 0) {
                throw reset;
            }
            return Optional.empty();
        }
    }

    private void check(String what, Wire.Answer answer) {
        statuses.computeIfAbsent(answer.status(), _ -> new AtomicInteger()).incrementAndGet();
        String all = answer.status() + " " + answer.headers() + " " + answer.body();
        if (answer.status() >= 500) {
            findings.add(what + "server error " + all);
        }
        if (INTERNALS.matcher(all).find()) {
            findings.add(what + "internals " + all);
        }
        if (answer.header("Content-Type").startsWith("application/json")) {
            try {
                JsonNode json = JSON.readTree(answer.body());
                boolean rpc = json.path("jsonrpc").asString("").equals("2.0")
                        && json.has("result") != json.has("error");
                // Health checks and the metadata of the protected resource are no JSON-RPC.
                boolean other = json.has("status") || json.has("resource");
                if (answer.status() == 200 && !rpc && !other) {
                    findings.add(what + "no JSON-RPC " + all);
                }
            } catch (JacksonException broken) {
                findings.add(what + "no JSON " + all);
            }
        } else if (!answer.body().isEmpty()) {
            findings.add(what + "not JSON " + all);
        }
    }
}
