package ai.pathbound.projector;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Stops applying changes while the disk is nearly full, and goes on when there is room again. A store
/// that cannot write fails its thread and leaves its partition without answers; one that is not written
/// to answers, only with a growing lag.
final class DiskWatch implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(DiskWatch.class);
    private static final Duration EVERY = Duration.ofSeconds(1);
    /// Room needed to go on, in parts of the least: going on at the least itself would flicker.
    private static final double ENOUGH = 1.25;

    private final FreeSpace freeSpace;
    private final long freeMin;
    private final Runnable pause;
    private final Runnable resume;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("disk-watch").daemon().factory());
    private volatile boolean paused;

    /// Bytes free on a disk.
    @FunctionalInterface
    interface FreeSpace {
        long bytes() throws IOException;

        /// Of the disk a folder is on; it must exist.
        static FreeSpace of(Path folder) {
            return () -> Files.getFileStore(folder).getUsableSpace();
        }
    }

    /// Starts watching.
    ///
    /// @param freeMin bytes; 0 never pauses
    DiskWatch(FreeSpace freeSpace, long freeMin, Runnable pause, Runnable resume) {
        this.freeSpace = freeSpace;
        this.freeMin = freeMin;
        this.pause = pause;
        this.resume = resume;
        if (freeMin > 0) {
            var _ = timer.scheduleWithFixedDelay(
                    this::look,
                    0,
                    EVERY.toMillis(),
                    TimeUnit.MILLISECONDS);
        }
    }

    /// Whether changes wait for room on the disk.
    boolean isPaused() {
        return paused;
    }

    private void look() {
        long free;
        try {
            free = freeSpace.bytes();
        } catch (IOException e) {
            log.warn("The free space of the state folder's disk cannot be told", e);
            return;
        }
        if (!paused && free < freeMin) {
            log.error(
                    "Disk nearly full: {} MB free for the state folder, {} MB are needed. No more changes are"
                            + " applied until there is room; answers go on and grow older",
                    free >> 20,
                    freeMin >> 20);
            paused = true;
            pause.run();
        } else if (paused && free > freeMin * ENOUGH) {
            log.info("There is room on the disk again, {} MB: changes are applied", free >> 20);
            paused = false;
            resume.run();
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
