package ai.pathbound.broker;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import kafka.Kafka;

/// Runs one KRaft broker, formatting its storage first, until its standard input ends.
///
/// Standard input is the life line: the parent holds the other end of the pipe and never writes
/// to it, so the end of the stream means that the parent is gone, `kill -9` included.
///
/// Argument: the `server.properties`; beside Kafka's own settings it names the cluster with
/// `cluster.id`. The log is written to `broker.log` beside that file.
public final class BrokerMain {

    private BrokerMain() {}

    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 1) {
            System.err.println("usage: BrokerMain <server.properties>");
            System.exit(2);
        }
        Path settingsFile = Path.of(arguments[0]).toAbsolutePath();
        // Before the first logger: src/main/resources/log4j2.xml reads it.
        System.setProperty("broker.log", settingsFile.resolveSibling("broker.log").toString());
        TerminalSignals.leaveToParent();
        LifeLine.hold(System.in);

        Storage.format(settingsFile, clusterId(settingsFile));
        Kafka.main(new String[]{settingsFile.toString()});
    }

    private static String clusterId(Path settingsFile) throws IOException {
        var settings = new Properties();
        settings.load(new StringReader(Files.readString(settingsFile)));
        String clusterId = settings.getProperty("cluster.id", "");
        if (clusterId.isBlank()) {
            throw new IllegalArgumentException("cluster.id is missing in " + settingsFile);
        }
        return clusterId;
    }
}
