package ai.pathbound.sandbox.broker;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// Keeps a second process off a data folder. The system drops the lock with its process, so a
/// crash leaves nothing to clean up; the pid in the file is only for the message.
final class DataLock implements AutoCloseable {

    private final FileChannel channel;

    private DataLock(FileChannel channel) {
        this.channel = channel;
    }

    static DataLock take(Path dataDir) throws IOException {
        Path file = dataDir.resolve("lock");
        FileChannel channel = FileChannel.open(file,
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        try {
            if (tryLock(channel) == null) {
                throw new BrokerFailedException(
                        "%s is in use by process %s; stop it or choose another data folder"
                                .formatted(dataDir, Files.readString(file).strip()));
            }
            Files.writeString(file, Long.toString(ProcessHandle.current().pid()));
            return new DataLock(channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException _) {
            // Held by this very process.
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
