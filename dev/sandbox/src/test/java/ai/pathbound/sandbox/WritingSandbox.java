package ai.pathbound.sandbox;

import java.nio.file.Path;
import java.time.Clock;

/// A backend to be killed: writes without end and prints each write once it is acknowledged.
final class WritingSandbox {
    /// In place of a broker address: there is none.
    static final String NO_BROKER = "none";

    private WritingSandbox() {}

    public static void main(String[] arguments) {
        SandboxSettings settings = settings(Path.of(arguments[0]), arguments[1]);
        try (Sandbox sandbox = start(settings);
                Rest rest = new Rest(sandbox.baseUrl(), "sk_demo_acme")) {
            for (long number = 0;; number++) {
                // No e-mail twice, in however many lives.
                String email = ProcessHandle.current().pid() + "." + number + "@acme.test";
                var made = rest.post("/contacts", "{\"email\":\"" + email + "\"}");
                String id = made.id("contact");
                System.out.println("acknowledged " + id + " " + version(made));
                var changed = rest.put("/contacts/" + id, "{\"properties\":{\"city\":\"Bonn\"}}");
                System.out.println("acknowledged " + id + " " + version(changed));
            }
        }
    }

    static SandboxSettings settings(Path data, String bootstrapServers) {
        return new SandboxSettings(data, 0, bootstrapServers, 3, 42, 10, 10, 10, false,
                Clock.systemUTC());
    }

    private static Sandbox start(SandboxSettings settings) {
        if (!settings.kafkaBootstrapServers().equals(NO_BROKER)) {
            return Sandbox.start(settings);
        }
        return Sandbox.start(settings, () -> {
            throw new IllegalStateException("no broker");
        }, () -> {
        });
    }

    private static long version(Rest.Reply reply) {
        return reply.body().path("contact").path("version").asLong();
    }
}
