package ai.pathbound.bench.events;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// PostgreSQL's programs as Debian's packages bring them; installed by root where they are missing.
final class PostgresPackages {
    private static final Path FOLDER = Path.of("/usr/lib/postgresql");
    private static final Path APT = Path.of("/usr/bin/apt-get");

    private PostgresPackages() {}

    /// The folder of the newest version's programs; empty, with the reason said, where there is none.
    static Optional<Path> programs(Consumer<String> progress) throws InterruptedException {
        Optional<Path> there = installed();
        if (there.isPresent()) {
            return there;
        }
        if (!PostgresServer.isRoot() || !Files.isExecutable(APT)) {
            progress.accept(
                    "PostgreSQL is not installed and stays out: apt-get install postgresql");
            return Optional.empty();
        }
        progress.accept("installing PostgreSQL");
        try {
            PostgresServer.run(List.of(APT.toString(), "-q", "update"));
            PostgresServer.run(
                    List.of("env",
                            "DEBIAN_FRONTEND=noninteractive",
                            APT.toString(),
                            "-q",
                            "-y",
                            "install",
                            "--no-install-recommends",
                            "postgresql"));
        } catch (IOException e) {
            progress.accept("PostgreSQL stays out, it cannot be installed: " + e.getMessage());
        }
        return installed();
    }

    private static Optional<Path> installed() {
        if (!Files.isDirectory(FOLDER)) {
            return Optional.empty();
        }
        try (Stream<Path> versions = Files.list(FOLDER)) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                    .max(Comparator.comparing(Path::toString));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
