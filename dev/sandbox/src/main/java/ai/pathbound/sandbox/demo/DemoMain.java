package ai.pathbound.sandbox.demo;

import ai.pathbound.sandbox.broker.BrokerFailedException;
import ai.pathbound.sandbox.terminal.Terminal;
import java.io.UncheckedIOException;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/// Entry of `pathbound demo`.
public final class DemoMain {
    private DemoMain() {}

    public static void main(String[] arguments) {
        DemoOptions options = new DemoOptions();
        try {
            new CommandLine(options).parseArgs(arguments);
            options.sandbox("unused");
            Terminal.checkPort(options.port);
            Terminal.makeFolder(options.folder(""));
        } catch (ParameterException | IllegalArgumentException e) {
            Terminal.fail(Terminal.MISUSED, e.getMessage());
        }
        // Before the first logger is made.
        System.setProperty("pathbound.demo.log", options.folder("demo.log").toString());
        System.setProperty("logback.configurationFile", Demo.LOGGING);
        Demo demo = new Demo(options, Terminal::say);
        Thread stop = Thread.ofPlatform().name("stop").unstarted(() -> {
            Terminal.say("stopping");
            demo.close();
            Terminal.say("stopped");
        });
        Runtime.getRuntime().addShutdownHook(stop);
        try {
            demo.run();
            demo.awaitBrokerEnd();
            if (demo.isClosing()) {
                return;
            }
            Terminal.fail(Terminal.FAILED,
                    "the Kafka broker has ended; its log is " + options.folder("kafka"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (BrokerFailedException | UncheckedIOException | IllegalStateException e) {
            if (demo.isClosing()) {
                return;
            }
            LoggerFactory.getLogger(DemoMain.class).error("The demo ends", e);
            Terminal.fail(Terminal.FAILED, e.getMessage());
        }
    }
}
