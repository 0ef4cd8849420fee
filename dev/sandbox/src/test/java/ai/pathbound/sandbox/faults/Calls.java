package ai.pathbound.sandbox.faults;

import ai.pathbound.sandbox.cluster.Cluster;
import ai.pathbound.sandbox.cluster.ToolClient;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// Readers of both tenants, calling tools at a steady rate whether they get answers or not.
final class Calls implements AutoCloseable {
    private static final List<Map.Entry<String, Map<String, Object>>> TOOLS = List.of(
            Map.entry("list_contacts", Map.of("limit", 5, "fields", "summary")),
            Map.entry("get_event_types", Map.of()),
            Map.entry("list_events", Map.of("limit", 5, "fields", "summary")),
            Map.entry("list_companies", Map.of("limit", 5, "fields", "summary")));

    private final Queue<ToolClient> opened = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Call> done = new ConcurrentLinkedQueue<>();
    private final AtomicLong number = new AtomicLong();
    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("calls").daemon().factory());
    private final int usual;
    private Future<?> ticking;
    /// Of each endpoint, a client for each key.
    private volatile List<List<ToolClient>> clients;

    /// One call.
    ///
    /// @param begunNanos and `endedNanos`: of [System#nanoTime]
    /// @param kind `answered`, or how it failed in a word or two
    record Call(String key, long begunNanos, long endedNanos, String kind) {
        boolean isAnswered() {
            return kind.equals("answered");
        }
    }

    Calls(List<URI> endpoints, int perSecond) {
        clients = clients(endpoints);
        usual = perSecond;
        ticking = ticking(perSecond);
    }

    private List<List<ToolClient>> clients(List<URI> endpoints) {
        List<List<ToolClient>> made = endpoints.stream()
                .map(
                        endpoint -> Cluster.KEYS.stream()
                                .map(key -> new ToolClient(endpoint, key))
                                .toList())
                .toList();
        made.forEach(opened::addAll);
        return made;
    }

    /// Calls these endpoints in turn from now on.
    void through(List<URI> endpoints) {
        clients = clients(endpoints);
    }

    private Future<?> ticking(int perSecond) {
        return clock.scheduleAtFixedRate(
                () -> callers.execute(this::call),
                0,
                1_000_000 / perSecond,
                TimeUnit.MICROSECONDS);
    }

    /// Calls more or less often from now on.
    synchronized void rate(int perSecond) {
        ticking.cancel(false);
        ticking = ticking(perSecond);
    }

    /// As often as at first.
    void usualRate() {
        rate(usual);
    }

    private void call() {
        long turn = number.getAndIncrement();
        int tenant = (int) (turn % Cluster.KEYS.size());
        long round = turn / Cluster.KEYS.size();
        Map.Entry<String, Map<String, Object>> tool = TOOLS.get((int) (round % TOOLS.size()));
        List<List<ToolClient>> all = clients;
        ToolClient client = all.get((int) (round / TOOLS.size() % all.size())).get(tenant);
        long begun = System.nanoTime();
        String kind;
        try {
            kind = client.call(tool.getKey(), tool.getValue()).kind();
        } catch (IOException e) {
            kind = e.getClass().getSimpleName();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        done.add(new Call(Cluster.KEYS.get(tenant), begun, System.nanoTime(), kind));
    }

    /// The calls that began at or after this instant of [System#nanoTime] and have ended.
    List<Call> since(long nanos) {
        return done.stream().filter(call -> call.begunNanos() >= nanos).toList();
    }

    /// Whether all calls that began within the newest such time and have ended got answers; `false`
    /// when a tenant had none.
    boolean isSteady(long nanos) {
        List<Call> newest = since(System.nanoTime() - nanos);
        return newest.stream().allMatch(Call::isAnswered)
                && newest.stream().map(Call::key).distinct().count() == Cluster.KEYS.size();
    }

    @Override
    public void close() {
        clock.shutdownNow();
        callers.shutdownNow();
        opened.forEach(ToolClient::close);
    }
}
