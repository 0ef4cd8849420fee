package ai.pathbound.sandbox.broker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The folder with the broker's jar and its libraries, and how they become a JVM.
record BrokerHome(Path directory) {

    private static final String MAIN = "ai.pathbound.broker.BrokerMain";

    BrokerHome {
        directory = directory.toAbsolutePath().normalize();
    }

    List<String> command(Path settingsFile) throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        return List.of(java.toString(),
                "-Xmx384m",
                // One small heap on few cores: the least memory, and no collector threads.
                "-XX:+UseSerialGC",
                // The broker mostly moves bytes; C1 starts sooner and keeps less code in memory.
                "-XX:TieredStopAtLevel=1",
                // Parsed classes are kept from the first run on: half the start-up time. Module flags,
                // such as --enable-native-access, would switch this off.
                "-XX:+AutoCreateSharedArchive",
                "-XX:SharedArchiveFile=" + directory.resolve("broker.jsa"),
                "-Xlog:disable",
                "-Xlog:all=error:stderr",
                "-Xlog:cds=off",
                "-Xlog:aot=off",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                jar() + System.getProperty("path.separator")
                        + directory.resolve("lib").resolve("*"),
                MAIN,
                settingsFile.toString());
    }

    private Path jar() throws IOException {
        if (!Files.isDirectory(directory.resolve("lib"))) {
            throw new BrokerFailedException("no broker in " + directory
                    + " (broker-*.jar and lib/): build the project first, or set pathbound.broker.home");
        }
        try (var jars = Files.newDirectoryStream(directory, "broker-*.jar")) {
            for (Path jar : jars) {
                return jar;
            }
        }
        throw new BrokerFailedException("no broker-*.jar in " + directory
                + ": build the project first, or set pathbound.broker.home");
    }
}
