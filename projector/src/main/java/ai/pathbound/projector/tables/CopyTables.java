package ai.pathbound.projector.tables;

import ai.pathbound.projector.query.Freshness;
import ai.pathbound.projector.rocks.PartitionStore;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tables of tenants whose partition is a copy here: their store changes without telling anybody. So
/// they are filled whole, and filled again when they are asked for and the store has moved on, at
/// most once a second and never so that filling takes more than a tenth of the time.
public final class CopyTables {
    private static final Logger log = LoggerFactory.getLogger(CopyTables.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int PAUSE_TIMES = 9;
    /// Nobody has asked for this long: the owner is back.
    private static final Duration KEPT = Duration.ofMinutes(1);

    private final int rowsPerSegment;
    private final Executor filler;
    private final Map<Key, Tenant> tenants = new ConcurrentHashMap<>();
    private final AtomicBoolean forgetting = new AtomicBoolean();

    /// @param filler runs the filling, which may take seconds
    public CopyTables(int rowsPerSegment, Executor filler) {
        this.rowsPerSegment = rowsPerSegment;
        this.filler = filler;
    }

    /// Tables and how current they are.
    public record Filled(TenantView view, Freshness freshness) {}

    private record Key(int partition, String tenant) {}

    /// Tables of one store as it was at one moment.
    ///
    /// @param took how long filling took, in nanoseconds
    private record Made(PartitionStore store, Filled filled, long atNanos, long took) {
        boolean mayFillAgain() {
            long pause = Math.max(PAUSE.toNanos(), took * PAUSE_TIMES);
            return System.nanoTime() - atNanos > pause;
        }
    }

    private static final class Tenant {
        private volatile long askedNanos = System.nanoTime();
        private @Nullable Made made;
        private @Nullable CompletableFuture<Made> filling;
    }

    /// The tenant's tables, not older than `staleAtMost`; empty when they are still being filled
    /// after `within`, or the partition has left.
    ///
    /// @param fresh how current the store is, asked before each filling
    public Optional<Filled> view(int partition,
            String tenant,
            PartitionStore store,
            Supplier<Optional<Freshness>> fresh,
            Duration staleAtMost,
            Duration within) {
        forgetLater();
        Tenant found = tenants.computeIfAbsent(new Key(partition, tenant), _ -> new Tenant());
        found.askedNanos = System.nanoTime();
        CompletableFuture<Made> filling;
        synchronized (found) {
            Optional<Freshness> now = fresh.get();
            Optional<Made> made = Optional.ofNullable(found.made)
                    .filter(known -> known.store() == store);
            if (found.filling == null && made.map(Made::mayFillAgain).orElse(true)) {
                found.filling = fill(found, tenant, store, fresh);
            }
            if (made.isPresent() && now.isPresent()) {
                Filled aged = aged(made.get().filled(), now.get());
                if (aged.freshness().lagMillis() <= staleAtMost.toMillis()) {
                    return Optional.of(aged);
                }
            }
            if (found.filling == null) {
                return Optional.empty();
            }
            filling = found.filling;
        }
        return await(filling, within).map(Made::filled);
    }

    private static Filled aged(Filled filled, Freshness now) {
        long behind = Duration.between(filled.freshness().asOf(), now.asOf()).toMillis();
        return new Filled(filled.view(), new Freshness(filled.freshness().asOf(),
                now.lagMillis() + Math.max(0, behind), now.caughtUp() && behind <= 0));
    }

    private CompletableFuture<Made> fill(Tenant found,
            String tenant,
            PartitionStore store,
            Supplier<Optional<Freshness>> fresh) {
        CompletableFuture<Made> filling = CompletableFuture
                .supplyAsync(() -> made(tenant, store, fresh), filler);
        var _ = filling.whenComplete((made, failure) -> {
            synchronized (found) {
                found.filling = null;
                if (made != null) {
                    found.made = made;
                } else {
                    log.warn("Tables of tenant {} could not be copied", tenant, failure);
                }
            }
        });
        return filling;
    }

    private Made made(String tenant, PartitionStore store, Supplier<Optional<Freshness>> fresh) {
        long begin = System.nanoTime();
        // Before the snapshot is taken, which then holds at least what this promises.
        Freshness freshness = fresh.get().orElseThrow(CopyTables::left);
        TenantTables tables = new Filling(tenant, rowsPerSegment, () -> true).fill(store)
                .orElseThrow(CopyTables::left);
        // A store that was opened again meanwhile may hold less than was promised.
        if (fresh.get().isEmpty()) {
            throw left();
        }
        long end = System.nanoTime();
        return new Made(store, new Filled(tables.view(), freshness), end, end - begin);
    }

    private static IllegalStateException left() {
        return new IllegalStateException("the partition has left");
    }

    private static Optional<Made> await(CompletableFuture<Made> filling, Duration within) {
        try {
            return Optional.of(filling.get(within.toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException | ExecutionException e) {
            log.debug("No tables yet", e);
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /// Forgets, some time from now and again, what nobody asks for any more.
    private void forgetLater() {
        if (forgetting.compareAndSet(false, true)) {
            CompletableFuture.delayedExecutor(KEPT.toSeconds(), TimeUnit.SECONDS).execute(() -> {
                forgetting.set(false);
                long now = System.nanoTime();
                tenants.values().removeIf(tenant -> now - tenant.askedNanos > KEPT.toNanos());
                if (!tenants.isEmpty()) {
                    forgetLater();
                }
            });
        }
    }
}
