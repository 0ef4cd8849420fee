package ai.pathbound.sandbox.broker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What the broker last said, for the message when it does not come up.
record BrokerLog(Path log, Path console) {

    private static final int LINES = 15;

    static BrokerLog in(Path dataDir) {
        return new BrokerLog(dataDir.resolve("broker.log"), dataDir.resolve("broker.out"));
    }

    String lastLines() {
        return "last lines of " + log + ":\n" + tail(log) + "of " + console + ":\n" + tail(console);
    }

    private static String tail(Path file) {
        try {
            // Any byte is a character in Latin-1, so a torn line cannot spoil the message.
            List<String> lines = Files.readAllLines(file, StandardCharsets.ISO_8859_1);
            var text = new StringBuilder();
            for (String line : lines.subList(Math.max(0, lines.size() - LINES), lines.size())) {
                text.append("  ").append(line).append('\n');
            }
            return text.toString();
        } catch (IOException e) {
            return "  (unreadable: " + e.getMessage() + ")\n";
        }
    }
}
