package ai.pathbound.sandbox.faults;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// A disk of its own for one node: a file system in a file, mounted where its state goes. It can be
/// filled to the last byte, and frozen, so that writing to it waits. Mounting takes Linux and root.
final class SmallDisk {
    private static final int BYTES = 400 << 20;
    private static final long PATIENCE_SECONDS = 60;
    private static final int PIECE_BYTES = 64 << 10;

    private final Path folder;
    private volatile boolean mounted = true;

    private SmallDisk(Path folder) {
        this.folder = folder;
    }

    /// Mounts one, if this process may.
    ///
    /// @param folder where; made if missing
    /// @param image file that holds the file system
    static Optional<SmallDisk> mount(Path folder, Path image)
            throws IOException, InterruptedException {
        Files.createDirectories(folder);
        boolean mounted = run("truncate", "-s", String.valueOf(BYTES), image.toString())
                && run("mkfs.ext4", "-q", "-m", "0", image.toString())
                && run("mount", "-o", "loop,noatime", image.toString(), folder.toString());
        if (!mounted) {
            return Optional.empty();
        }
        SmallDisk disk = new SmallDisk(folder);
        // A test that was broken off must not leave it behind.
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(disk::forget));
        return Optional.of(disk);
    }

    private void forget() {
        if (mounted) {
            try {
                run("fsfreeze", "-u", folder.toString());
                run("umount", "-l", folder.toString());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static boolean run(String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command).inheritIO().start();
            return process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            System.err.println("no such command: " + e.getMessage());
            return false;
        }
    }

    private static void must(String... command) throws InterruptedException {
        if (!run(command)) {
            throw new IllegalStateException("failed: " + String.join(" ", command));
        }
    }

    /// Leaves no byte free.
    void fill() throws IOException {
        try (OutputStream out = Files.newOutputStream(filler())) {
            byte[] piece = new byte[PIECE_BYTES];
            while (folder.toFile().getUsableSpace() > 0) {
                out.write(piece);
            }
        } catch (IOException e) {
            if (folder.toFile().getUsableSpace() > PIECE_BYTES) {
                throw e;
            }
        }
    }

    /// Gives the room back.
    void empty() throws IOException {
        Files.deleteIfExists(filler());
    }

    private Path filler() {
        return folder.resolve("filler");
    }

    /// Makes writers wait until [#thaw].
    void freeze() throws InterruptedException {
        must("fsfreeze", "-f", folder.toString());
    }

    void thaw() throws InterruptedException {
        must("fsfreeze", "-u", folder.toString());
    }

    /// Takes it away; nobody may use it any more.
    void unmount() throws InterruptedException {
        must("umount", folder.toString());
        mounted = false;
    }
}
