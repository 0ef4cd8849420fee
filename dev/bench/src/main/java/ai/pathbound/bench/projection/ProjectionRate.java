package ai.pathbound.bench.projection;

import ai.pathbound.bench.report.Bar;
import ai.pathbound.bench.report.Run;
import ai.pathbound.projector.ProjectorSettings;
import ai.pathbound.projector.StreamsSettings;
import ai.pathbound.sandbox.broker.BrokerProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.springframework.util.FileSystemUtils;

/// How fast records that are already in Kafka become rows, beside a bare count over the same records
/// with the same settings, those of a node. The sides take turns, after a round that does not count; the
/// best of the rounds counts, for what slows a round down comes from outside.
///
/// Run: `./pathbound bench`
public final class ProjectionRate {
    private static final String NAME = "projection";
    private static final Duration WITHIN = Duration.ofMinutes(5);
    private static final double SHARE_MIN = 0.4;
    private static final int STREAM_THREADS = 2;
    private static final String BROKER_HOME = "pathbound.broker.home";

    private final Run run;

    public ProjectionRate(Run run) {
        this.run = run;
    }

    public void measure() throws InterruptedException, ExecutionException {
        Path home = Path.of(System.getProperty(BROKER_HOME, "dev/broker/target"));
        try (BrokerProcess broker = BrokerProcess.start(run.folder("kafka"), home, run::say)) {
            String servers = broker.bootstrapServers();
            long records = Records.produce(servers, run.size(1_200_000, 150_000));
            run.say("projection: %,d records are in Kafka".formatted(records));
            try (Admin admin = Admin
                    .create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, servers))) {
                // Compiles what the others run.
                round(0, servers, records, admin);
                Map<Contender, Pace> best = round(1, servers, records, admin);
                for (int round = 2; round <= run.size(3, 2); round++) {
                    round(round, servers, records, admin)
                            .forEach(
                                    (contender, pace) -> best.merge(contender, pace, Pace::better));
                }
                tell(best);
            }
        }
    }

    private Map<Contender, Pace> round(int number, String servers, long records, Admin admin)
            throws InterruptedException, ExecutionException {
        FilledTopics topics = FilledTopics.look(admin);
        Map<Contender, Pace> paces = new EnumMap<>(Contender.class);
        for (Contender contender : Contender.values()) {
            Arrivals arrivals = new Arrivals(records);
            String application = "bench-%s-%d"
                    .formatted(contender.name().toLowerCase(Locale.ROOT), number);
            Pace pace = pace(contender, servers, application, topics, arrivals);
            run.check(contender + ", records", records, arrivals.arrived());
            run.say("  %s: %,.0f records/s, %.1f µs of the processors".formatted(
                    contender.title(),
                    pace.perSecond(),
                    pace.processorMicros()));
            paces.put(contender, pace);
            forget(application, admin);
        }
        return paces;
    }

    /// What one leaves behind, the broker would go on cleaning and the machine go on writing while the
    /// next one runs.
    private void forget(String application, Admin admin)
            throws InterruptedException, ExecutionException {
        FileSystemUtils.deleteRecursively(run.folder(application).toFile());
        List<String> left = admin.listTopics()
                .names()
                .get()
                .stream()
                .filter(name -> name.startsWith(application + "-"))
                .toList();
        admin.deleteTopics(left).all().get();
    }

    private void tell(Map<Contender, Pace> best) {
        best.forEach((contender, pace) -> {
            run.measured(NAME, contender.title(), pace.perSecond(), "records/s");
            run.measured(NAME, contender.title() + ", processors", pace.processorMicros(), "µs");
        });
        Pace count = Objects.requireNonNull(best.get(Contender.COUNT));
        for (Contender contender : List.of(Contender.ROWS, Contender.ROWS_AND_TABLES)) {
            Pace pace = Objects.requireNonNull(best.get(contender));
            String measure = contender.title() + " / count()";
            run.measured(
                    NAME,
                    measure,
                    pace.perSecond() / count.perSecond(),
                    "times",
                    new Bar.AtLeast(SHARE_MIN));
            run.measured(
                    NAME,
                    measure + ", records per time of the processors",
                    count.processorMicros() / pace.processorMicros(),
                    "times");
        }
    }

    private Pace pace(Contender contender,
            String servers,
            String application,
            FilledTopics topics,
            Arrivals arrivals) throws InterruptedException {
        return switch (contender) {
            case COUNT -> pace(BareCount.topology(arrivals), servers, application, arrivals);
            case ROWS, ROWS_AND_TABLES -> {
                try (WholeProjection whole = new WholeProjection(topics, arrivals,
                        contender == Contender.ROWS_AND_TABLES)) {
                    yield pace(whole.topology(), servers, application, arrivals);
                }
            }
        };
    }

    /// With the settings of a node.
    private Pace pace(Topology topology, String servers, String application, Arrivals arrivals)
            throws InterruptedException {
        ProjectorSettings settings = new ProjectorSettings(servers, application,
                run.folder(application), STREAM_THREADS, WholeProjection.BLOCK_CACHE_BYTES,
                Map.of());
        Properties streamsSettings = new Properties();
        streamsSettings.putAll(StreamsSettings.of(settings, application));
        try (KafkaStreams streams = new KafkaStreams(topology, streamsSettings)) {
            streams.start();
            return arrivals.pace(WITHIN);
        }
    }
}
