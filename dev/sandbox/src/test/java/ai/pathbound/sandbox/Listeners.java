package ai.pathbound.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The TCP sockets a process and its children listen on, as the Linux kernel lists them (proc_pid_net(5)).
public final class Listeners {
    private static final String LISTENING = "0A";
    /// Of 127.0.0.0/8 in the kernel's byte order, of ::1, and of 127.0.0.0/8 as a dual-stack socket has it.
    private static final String LOOPBACK = "[0-9A-F]{6}7F|0{24}01000000|0{16}FFFF0000[0-9A-F]{6}7F";

    private Listeners() {}

    /// Local addresses as `hex address:hex port`.
    public static Set<String> of(ProcessHandle process) {
        Set<String> inodes = Stream.concat(Stream.of(process), process.descendants())
                .flatMap(one -> inodes(one.pid()))
                .collect(Collectors.toSet());
        return Stream.of("tcp", "tcp6")
                .flatMap(table -> lines(Path.of("/proc/net", table)))
                .map(line -> line.strip().split("\\s+"))
                .filter(row -> row[3].equals(LISTENING) && inodes.contains(row[9]))
                .map(row -> row[1])
                .collect(Collectors.toSet());
    }

    /// Those that other machines can reach.
    public static Set<String> open(Set<String> listeners) {
        return listeners.stream()
                .filter(listener -> !listener.matches("(" + LOOPBACK + "):[0-9A-F]+"))
                .collect(Collectors.toSet());
    }

    private static Stream<String> inodes(long pid) {
        try (Stream<Path> files = Files.list(Path.of("/proc/" + pid + "/fd"))) {
            return files.flatMap(file -> inode(file).stream()).toList().stream();
        } catch (IOException _) {
            // It has ended.
            return Stream.empty();
        }
    }

    private static Optional<String> inode(Path file) {
        try {
            String target = Files.readSymbolicLink(file).toString();
            return target.startsWith("socket:[")
                    ? Optional.of(target.substring("socket:[".length(), target.length() - 1))
                    : Optional.empty();
        } catch (IOException _) {
            // Closed meanwhile.
            return Optional.empty();
        }
    }

    private static Stream<String> lines(Path table) {
        try {
            return Files.exists(table)
                    ? Files.readAllLines(table).stream().skip(1)
                    : Stream.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
