package ai.pathbound.mcp.setup;

import ai.pathbound.mcp.ProjectorProperties;
import ai.pathbound.projector.ProjectorSettings;
import ai.pathbound.projector.setup.Rebuild;
import ai.pathbound.projector.topology.RowFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Scanner;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;

/// Entry of `pathbound topics` and `pathbound rebuild`. Both read the settings of the node on this
/// machine, from the same variables.
public final class SetupMain {
    private static final int FAILED = 1;
    private static final int MISUSED = 2;
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(30);
    private static final int PARTITIONS_DEFAULT = 12;

    private SetupMain() {}

    /// The settings of a node, without the node.
    @EnableConfigurationProperties(ProjectorProperties.class)
    static class Settings {}

    public static void main(String[] arguments) throws InterruptedException {
        var asked = new DefaultApplicationArguments(arguments);
        try (var context = new SpringApplicationBuilder(Settings.class)
                .web(WebApplicationType.NONE)
                .logStartupInfo(false)
                .properties("logging.level.root=error")
                .run()) {
            ProjectorProperties properties = context.getBean(ProjectorProperties.class);
            run(asked, properties);
        } catch (IllegalArgumentException e) {
            fail(MISUSED, e.getMessage());
        } catch (IllegalStateException | IOException e) {
            fail(FAILED, e.getMessage());
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            fail(FAILED, "Kafka: " + (cause == null ? e : cause).getMessage());
        }
    }

    private static void run(DefaultApplicationArguments asked, ProjectorProperties properties)
            throws ExecutionException, InterruptedException, IOException {
        String command = String.join(" ", asked.getNonOptionArgs());
        try (Admin admin = admin(properties.settings(Optional.empty()))) {
            switch (command) {
                case "topics" -> topics(asked, properties.settings(Optional.empty()), admin);
                case "rebuild" -> rebuild(asked, properties.settings(Optional.empty()), admin);
                default -> throw new IllegalArgumentException("unknown command: " + command);
            }
        }
    }

    private static Admin admin(ProjectorSettings settings) {
        Map<String, Object> client = new HashMap<>(settings.kafka());
        client.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
        client.put(
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                Math.toIntExact(ANSWER_WITHIN.toMillis()));
        return Admin.create(client);
    }

    private static void topics(DefaultApplicationArguments asked,
            ProjectorSettings settings,
            Admin admin) throws ExecutionException, InterruptedException {
        int partitions = number(asked, "partitions").orElse(PARTITIONS_DEFAULT);
        var report = new TopicReport(admin, settings, partitions);
        if (asked.containsOption("create")) {
            report.create(number(asked, "replicas").map(Integer::shortValue), SetupMain::say);
        }
        boolean complete = report.print(SetupMain::say);
        if (!complete) {
            fail(FAILED, "topics are missing or not as they must be; see above");
        }
    }

    private static Optional<Integer> number(DefaultApplicationArguments asked, String option) {
        if (!asked.containsOption(option)) {
            return Optional.empty();
        }
        String text = String.join(",", asked.getOptionValues(option));
        try {
            int number = Integer.parseInt(text);
            if (number >= 1 && number <= Short.MAX_VALUE) {
                return Optional.of(number);
            }
        } catch (NumberFormatException _) {
            // Told below, like numbers out of range.
        }
        throw new IllegalArgumentException("--" + option + " must be a whole number from 1: '"
                + text + "'");
    }

    private static void rebuild(DefaultApplicationArguments asked,
            ProjectorSettings settings,
            Admin admin) throws ExecutionException, InterruptedException, IOException {
        String application = RowFormat.CURRENT.applicationId(settings.applicationId());
        var rebuild = new Rebuild(admin, application, settings.stateDir());
        boolean local = asked.containsOption("local");
        say("This removes, to be made anew from the change topics:");
        if (local) {
            say("  the folder " + settings.stateDir().resolve(application));
        } else {
            rebuild.plan().forEach(part -> say("  " + part));
        }
        if (!asked.containsOption("yes") && !isConfirmed(settings.applicationId())) {
            throw new IllegalStateException("nothing was removed");
        }
        if (local) {
            rebuild.removeFolder(SetupMain::say);
        } else {
            rebuild.run(SetupMain::say);
            say("Other nodes have folders of their own: run 'pathbound rebuild --local' there, then"
                    + " start the nodes.");
        }
    }

    private static boolean isConfirmed(String applicationId) {
        say("Type the application id, " + applicationId + ", to go on:");
        Scanner answers = new Scanner(System.in, StandardCharsets.UTF_8);
        return answers.hasNextLine() && answers.nextLine().strip().equals(applicationId);
    }

    private static void say(String line) {
        System.out.println(line);
    }

    private static void fail(int status, @Nullable String why) {
        System.err.println("pathbound: " + why);
        System.exit(status);
    }
}
