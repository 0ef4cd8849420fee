package ai.pathbound.sandbox.terminal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.util.FileSystemUtils;

/// A folder for files that are of no use after the process, gigabytes of them perhaps.
public final class ScratchFolder {
    private ScratchFolder() {}

    /// Makes an empty one, which goes when the process ends, also when it is interrupted.
    public static Path make(String name) throws IOException {
        Path folder = Files.createTempDirectory(name);
        Runtime.getRuntime()
                .addShutdownHook(
                        Thread.ofPlatform()
                                .unstarted(
                                        () -> FileSystemUtils
                                                .deleteRecursively(folder.toFile())));
        return folder;
    }
}
