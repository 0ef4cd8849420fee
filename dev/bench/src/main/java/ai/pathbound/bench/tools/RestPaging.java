package ai.pathbound.bench.tools;

import ai.pathbound.bench.client.Connection;
import ai.pathbound.bench.client.Requests;
import ai.pathbound.bench.report.Bar;
import ai.pathbound.bench.report.Laps;
import ai.pathbound.bench.report.Run;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// How users count contacts by country without a read model: page through the REST API and add up. The
/// stand-in backend answers at once and, as started here, without its limit; the real one allows 100
/// requests in 15 minutes, so the time there is the number of requests times nine seconds.
final class RestPaging {
    private static final String NAME = "REST, paged";
    private static final JsonMapper JSON = new JsonMapper();
    private static final int PAGE = 100;
    private static final int LAPS = 3;
    private static final double SECONDS_PER_REQUEST = 15 * 60 / 100.0;
    private static final double TIMES_MIN = 100;

    private final Run run;
    private final DemoStack demo;

    RestPaging(Run run, DemoStack demo) {
        this.run = run;
        this.demo = demo;
    }

    void measure(Requests requests) throws IOException, InterruptedException {
        Laps paging = new Laps();
        Map<String, Long> paged = new TreeMap<>();
        int pages = 0;
        try (HttpClient client = HttpClient.newHttpClient()) {
            for (int lap = 0; lap < LAPS; lap++) {
                paged.clear();
                long begin = System.nanoTime();
                pages = page(client, paged);
                paging.add(System.nanoTime() - begin);
            }
        }
        Laps laps = new Laps();
        try (Connection connection = new Connection(demo.port())) {
            byte[] question = requests.tool(
                    "aggregate_data",
                    Map.of(
                            "entity",
                            "contacts",
                            "group_by",
                            List.of("country"),
                            "limit",
                            1000));
            run.check("contacts by country", paged, counts(connection.exchange(question)));
            for (int lap = 0; lap < run.size(200, 50); lap++) {
                laps.time(() -> asked(connection, question));
            }
        }
        run.measured(
                NAME,
                "contacts by country, " + pages + " requests, p50",
                paging.p50Millis() / 1e3,
                "s");
        run.measured(NAME, "the same by aggregate_data p50", laps.p50Millis(), "ms");
        run.measured(
                NAME,
                "paging / aggregate_data",
                paging.p50Millis() / laps.p50Millis(),
                "times",
                new Bar.AtLeast(TIMES_MIN));
        run.measured(
                NAME,
                "paging within the backend's limit would take",
                pages * SECONDS_PER_REQUEST / 60,
                "min");
    }

    /// Counts all contacts by country, page by page; returns the number of pages.
    private int page(HttpClient client, Map<String, Long> counts)
            throws IOException, InterruptedException {
        int pages = 0;
        JsonNode contacts;
        do {
            contacts = page(client, ++pages);
            for (JsonNode contact : contacts) {
                counts.merge(contact.at("/properties/country").asString(""), 1L, Long::sum);
            }
        } while (contacts.size() == PAGE);
        counts.remove("");
        return pages;
    }

    private JsonNode page(HttpClient client, int number) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest
                .newBuilder(
                        URI.create(
                                demo.backendUrl() + "/contacts?limit=" + PAGE + "&page=" + number))
                .header("Authorization", "Bearer " + Requests.KEY)
                .build();
        return JSON.readTree(client.send(request, BodyHandlers.ofByteArray()).body())
                .path("contacts");
    }

    private static Map<String, Long> counts(byte[] answer) {
        Map<String, Long> counts = new TreeMap<>();
        for (JsonNode group : JSON.readTree(answer).at("/result/structuredContent/groups")) {
            String country = group.at("/key/country").asString("");
            if (!country.isEmpty()) {
                counts.put(country, group.path("count").asLong());
            }
        }
        return counts;
    }

    private static byte[] asked(Connection connection, byte[] question) {
        try {
            return connection.exchange(question);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
