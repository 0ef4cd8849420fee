package ai.pathbound.bench.node;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;

/// What a node says about itself, in the form Prometheus reads.
record NodeNumbers(List<String> lines) {
    static NodeNumbers of(NodeProcess node) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            URI metrics = URI.create("http://localhost:" + node.metricsPort() + "/metrics");
            return new NodeNumbers(
                    client.send(HttpRequest.newBuilder(metrics).build(), BodyHandlers.ofLines())
                            .body()
                            .toList());
        }
    }

    /// The sum of the numbers whose lines begin so.
    double sum(String start) {
        return lines.stream()
                .filter(line -> line.startsWith(start))
                .mapToDouble(
                        line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
