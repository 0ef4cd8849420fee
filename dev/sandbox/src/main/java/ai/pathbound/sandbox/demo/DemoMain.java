package ai.pathbound.sandbox.demo;

import ai.pathbound.sandbox.broker.BrokerFailedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/// Entry of `pathbound demo`.
public final class DemoMain {
    private static final int FAILED = 1;
    private static final int MISUSED = 2;

    private DemoMain() {}

    public static void main(String[] arguments) {
        DemoOptions options = new DemoOptions();
        try {
            new CommandLine(options).parseArgs(arguments);
            options.sandbox("unused");
            checkPort(options.port);
            makeFolder(options.folder(""));
        } catch (ParameterException | IllegalArgumentException e) {
            fail(MISUSED, e.getMessage());
        }
        // Before the first logger is made.
        System.setProperty("pathbound.demo.log", options.folder("demo.log").toString());
        System.setProperty("logback.configurationFile", Demo.LOGGING);
        Demo demo = new Demo(options, DemoMain::say);
        Thread stop = Thread.ofPlatform().name("stop").unstarted(() -> {
            say("stopping");
            demo.close();
            say("stopped");
        });
        Runtime.getRuntime().addShutdownHook(stop);
        try {
            demo.run();
            demo.awaitBrokerEnd();
            if (demo.isClosing()) {
                return;
            }
            fail(FAILED, "the Kafka broker has ended; its log is " + options.folder("kafka"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (BrokerFailedException | UncheckedIOException | IllegalStateException e) {
            if (demo.isClosing()) {
                return;
            }
            LoggerFactory.getLogger(DemoMain.class).error("The demo ends", e);
            fail(FAILED, e.getMessage());
        }
    }

    private static void checkPort(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            // As the server will: a port in TIME_WAIT is free.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(port));
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "port " + port + " is not free; choose another with --port", e);
        }
    }

    private static void makeFolder(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "--data: " + folder + " cannot be made a folder of: " + e.getMessage(), e);
        }
    }

    private static void say(String text) {
        System.out.println(text);
    }

    private static void fail(int status, @Nullable String why) {
        System.err.println("pathbound: " + why);
        System.exit(status);
    }
}
