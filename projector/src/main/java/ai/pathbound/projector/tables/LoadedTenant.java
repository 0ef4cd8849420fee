package ai.pathbound.projector.tables;

import ai.pathbound.projector.columns.TableView;
import ai.pathbound.projector.state.Change;
import ai.pathbound.schemas.topics.ChangeKey;
import ai.pathbound.schemas.topics.EntityKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// A tenant somebody has asked about: its tables, or the changes put aside until they are filled. The
/// monitor guards the tables; filling happens outside it, so that the stream thread never waits for it.
final class LoadedTenant {
    /// What happened to an entity: its new state, or nothing for a delete.
    record Step(ChangeKey key, @Nullable Change change) {
        private void applyTo(TenantTables tables) {
            if (!TenantTables.holds(key.kind())) {
                tables.other();
            } else if (change == null) {
                tables.remove(key);
            } else {
                tables.put(change);
            }
        }
    }

    private final List<Step> aside = new ArrayList<>();
    private final CompletableFuture<Void> filled = new CompletableFuture<>();
    private @Nullable TenantTables tables;
    private volatile long lastAsked;
    private volatile long bytes;

    /// Somebody asks.
    ///
    /// @param count of all questions to all tenants
    void asked(long count) {
        lastAsked = count;
    }

    long lastAsked() {
        return lastAsked;
    }

    /// What [#measure] found; 0 before.
    long bytes() {
        return bytes;
    }

    /// Notes how large the tables are, and keeps the orders of their texts.
    synchronized void measure() {
        TenantTables current = tables;
        if (current != null) {
            current.keepOrdered();
            bytes = current.retainedBytes();
        }
    }

    synchronized void take(Step step) {
        TenantTables current = tables;
        if (current == null) {
            aside.add(step);
        } else {
            step.applyTo(current);
        }
    }

    synchronized Optional<TenantTables> tables() {
        return Optional.ofNullable(tables);
    }

    synchronized TableView view(TenantTables current, EntityKind kind) {
        return current.view(kind);
    }

    synchronized Optional<TenantView> view() {
        return Optional.ofNullable(tables).map(TenantTables::view);
    }

    synchronized void complete(TenantTables made) {
        aside.forEach(step -> step.applyTo(made));
        aside.clear();
        tables = made;
        filled.complete(null);
    }

    /// Nobody will fill the tables.
    void cancel() {
        filled.cancel(false);
    }

    void fail(RuntimeException failure) {
        filled.completeExceptionally(failure);
    }

    /// Whether the tables are filled within that time.
    boolean await(Duration atMost) {
        try {
            filled.get(atMost.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException | CancellationException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("tables could not be filled", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
