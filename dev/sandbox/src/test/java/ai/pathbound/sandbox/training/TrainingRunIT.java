package ai.pathbound.sandbox.training;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.pathbound.mcp.Application;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TrainingRunIT {
    private static final Path BROKER_HOME = Path
            .of(System.getProperty("pathbound.broker.home", "../broker/target"));
    private static final Path NODE = Path.of("../../mcp-api/target").toAbsolutePath().normalize();
    private static final String SHARED = Application.class.getName()
            + " source: shared objects file";

    @TempDir
    Path folder;

    @Test
    void aNodeLoadsItsClassesFromWhatATrainingRunHasWritten() throws Exception {
        Path cache = folder.resolve("node.aot");

        run(node(List.of())).write(cache);

        assertThat(cache).isNotEmptyFile();
        // Refuses to start where the cache does not fit.
        List<String> from = List.of("-XX:AOTMode=on", "-XX:AOTCache=" + cache, "-Xlog:class+load");
        assertThat(said(node(from))).anyMatch(line -> line.contains(SHARED));
    }

    @Test
    void aNodeThatDoesNotStart_leavesNoCache() throws IOException {
        Path cache = folder.resolve("node.aot");
        TrainingRun run = run(List.of(java(), "no.such.Node"));

        assertThatThrownBy(() -> run.write(cache)).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no.such.Node");
        assertThat(cache).doesNotExist();
    }

    private TrainingRun run(List<String> command) throws IOException {
        return new TrainingRun(Files.createDirectory(folder.resolve("run")), BROKER_HOME, command);
    }

    /// What it says until its main class is loaded.
    private static List<String> said(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (BufferedReader output = process.inputReader(UTF_8)) {
            List<String> said = new ArrayList<>();
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                said.add(line);
                if (line.contains(Application.class.getName() + " source:")) {
                    break;
                }
            }
            return said;
        } finally {
            process.destroyForcibly();
        }
    }

    private static List<String> node(List<String> flags) throws IOException {
        try (Stream<Path> files = Files.list(NODE)) {
            Path jar = files
                    .filter(file -> file.getFileName().toString().matches("mcp-api-.*\\.jar"))
                    .findFirst()
                    .orElseThrow();
            List<String> command = new ArrayList<>(List.of(java(), "-XX:+UseSerialGC"));
            command.addAll(flags);
            command.addAll(
                    List.of("--enable-native-access=ALL-UNNAMED",
                            "--sun-misc-unsafe-memory-access=allow",
                            "-cp",
                            jar + ":" + NODE.resolve("lib") + "/*",
                            Application.class.getName()));
            return command;
        }
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
