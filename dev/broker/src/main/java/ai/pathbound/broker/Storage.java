package ai.pathbound.broker;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import kafka.tools.StorageTool;

/// The broker's storage: given a cluster id once, left alone afterwards.
final class Storage {

    private Storage() {}

    static void format(Path settingsFile, String clusterId) {
        var said = new ByteArrayOutputStream();
        String[] command = {"format", "--ignore-formatted", "--cluster-id", clusterId,
                "--config", settingsFile.toString()};
        int status = StorageTool.execute(command, new PrintStream(said, true, UTF_8));
        if (status != 0) {
            throw new IllegalStateException(
                    "storage of " + settingsFile + " cannot be formatted: " + said.toString(UTF_8));
        }
    }
}
