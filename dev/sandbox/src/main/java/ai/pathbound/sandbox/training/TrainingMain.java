package ai.pathbound.sandbox.training;

import ai.pathbound.sandbox.broker.BrokerFailedException;
import ai.pathbound.sandbox.terminal.ScratchFolder;
import ai.pathbound.sandbox.terminal.Terminal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/// Makes a node's AOT cache. Arguments: the file to make, then the command that starts the node: the
/// cache is good for the same JVM and class path.
public final class TrainingMain {
    private static final int LEAST_ARGUMENTS = 3;

    private TrainingMain() {}

    public static void main(String[] arguments) {
        if (arguments.length < LEAST_ARGUMENTS) {
            Terminal.fail(Terminal.MISUSED, "needs a file, and the command that starts a node");
        }
        Path brokerHome = Path.of(System.getProperty("pathbound.broker.home", "dev/broker/target"));
        List<String> command = Arrays.asList(arguments).subList(1, arguments.length);
        try {
            Path folder = ScratchFolder.make("pathbound-training");
            new TrainingRun(folder, brokerHome, command).write(Path.of(arguments[0]));
        } catch (IOException | UncheckedIOException | BrokerFailedException
                | IllegalStateException e) {
            Terminal.fail(Terminal.FAILED, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        System.exit(0);
    }
}
