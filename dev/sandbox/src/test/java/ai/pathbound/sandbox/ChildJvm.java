package ai.pathbound.sandbox;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Starts a main class of this class path in a JVM of its own, to be killed.
public final class ChildJvm {
    private ChildJvm() {}

    /// Starts it; standard output can be read, errors show among ours.
    public static Process start(Class<?> main, List<String> flags, String... arguments)
            throws IOException {
        return builder(main, flags, arguments).redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /// Starts it; what it says goes to a file.
    public static Process start(Class<?> main,
            List<String> flags,
            Path output,
            String... arguments) throws IOException {
        return builder(main, flags, arguments).redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }

    private static ProcessBuilder builder(Class<?> main, List<String> flags, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.addAll(
                List.of("-cp",
                        System.getProperty("surefire.test.class.path",
                                System.getProperty("java.class.path")),
                        main.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command);
    }
}
