package ai.pathbound.bench.projection;

import ai.pathbound.bench.report.Bar;
import ai.pathbound.bench.report.Run;
import ai.pathbound.sandbox.broker.BrokerProcess;
import ai.pathbound.schemas.topics.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;

/// How fast records that are already in Kafka become rows, beside a bare count over the same records
/// with the same settings. The sides take turns; the best of the rounds counts, for what slows a round
/// down comes from outside.
///
/// Run: `./pathbound bench`
public final class ProjectionRate {
    private static final String NAME = "projection";
    private static final Duration WITHIN = Duration.ofMinutes(5);
    private static final double SHARE_MIN = 0.4;
    private static final String BROKER_HOME = "pathbound.broker.home";

    private final Run run;

    public ProjectionRate(Run run) {
        this.run = run;
    }

    public void measure() throws InterruptedException, ExecutionException {
        Path home = Path.of(System.getProperty(BROKER_HOME, "dev/broker/target"));
        try (BrokerProcess broker = BrokerProcess.start(run.folder("kafka"), home, run::say)) {
            String servers = broker.bootstrapServers();
            long records = Records.produce(servers, run.size(1_200_000, 120_000));
            run.say("projection: %,d records are in Kafka".formatted(records));
            Map<Contender, Double> best = new EnumMap<>(Contender.class);
            try (Admin admin = Admin
                    .create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, servers))) {
                Map<String, Uuid> topicIds = topicIds(admin);
                for (int round = 0; round < run.size(3, 2); round++) {
                    for (Contender contender : Contender.values()) {
                        String id = contender.name().toLowerCase(java.util.Locale.ROOT) + round;
                        Arrivals arrivals = new Arrivals(records);
                        double rate = rate(contender, servers, id, topicIds, arrivals);
                        run.check(contender + ", records", records, arrivals.arrived());
                        run.say("  %s: %,.0f records/s".formatted(contender.title(), rate));
                        best.merge(contender, rate, Math::max);
                    }
                }
            }
            tell(best);
        }
    }

    private void tell(Map<Contender, Double> best) {
        best.forEach(
                (contender, rate) -> run.measured(NAME, contender.title(), rate, "records/s"));
        double count = best.getOrDefault(Contender.COUNT, 0.0);
        run.measured(
                NAME,
                "all row families / count()",
                best.getOrDefault(Contender.ROWS, 0.0) / count,
                "times",
                new Bar.AtLeast(SHARE_MIN));
        run.measured(
                NAME,
                "with column tables / count()",
                best.getOrDefault(Contender.ROWS_AND_TABLES, 0.0) / count,
                "times",
                new Bar.AtLeast(SHARE_MIN));
    }

    private static Map<String, Uuid> topicIds(Admin admin)
            throws InterruptedException, ExecutionException {
        return admin.describeTopics(Topics.CHANGES)
                .allTopicNames()
                .get()
                .values()
                .stream()
                .collect(Collectors.toMap(TopicDescription::name, TopicDescription::topicId));
    }

    private double rate(Contender contender,
            String servers,
            String id,
            Map<String, Uuid> topicIds,
            Arrivals arrivals) throws InterruptedException {
        return switch (contender) {
            case COUNT -> rate(BareCount.topology(arrivals), servers, id, arrivals);
            case ROWS, ROWS_AND_TABLES -> {
                try (WholeProjection whole = new WholeProjection(() -> topicIds, arrivals,
                        contender == Contender.ROWS_AND_TABLES)) {
                    yield rate(whole.topology(), servers, id, arrivals);
                }
            }
        };
    }

    private double rate(Topology topology, String servers, String id, Arrivals arrivals)
            throws InterruptedException {
        try (KafkaStreams streams = new KafkaStreams(topology,
                Settings.of(servers, "bench-" + id, run.folder("streams-" + id)))) {
            streams.start();
            return arrivals.rate(WITHIN);
        }
    }
}
