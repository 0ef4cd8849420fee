package ai.pathbound.sandbox.broker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BrokerProcessIT {

    private static final Path HOME = Path
            .of(System.getProperty("pathbound.broker.home", "../broker/target"));

    @TempDir
    Path dataDir;

    private final List<String> progress = new ArrayList<>();

    @Test
    void restart_onTheSameData_keepsRecordsAndAddress() throws Exception {
        String address;
        try (BrokerProcess broker = start()) {
            address = broker.bootstrapServers();
            createTopic(address);
            produce(address, "first");
            assertThat(consume(address, 1)).containsExactly("first");
        }
        try (BrokerProcess broker = start()) {
            assertThat(broker.bootstrapServers()).isEqualTo(address);
            produce(address, "second");
            assertThat(consume(address, 2)).containsExactly("first", "second");
        }
        assertThat(progress).hasSize(4);
    }

    @Test
    void restart_afterKill_keepsAcknowledgedRecords() throws Exception {
        try (BrokerProcess broker = start()) {
            createTopic(broker.bootstrapServers());
            produce(broker.bootstrapServers(), "first");
            broker.process().destroyForcibly().waitFor();
        }
        try (BrokerProcess broker = start()) {
            assertThat(consume(broker.bootstrapServers(), 1)).containsExactly("first");
        }
    }

    @Test
    void restart_whenItsPortIsTaken_listensElsewhere() throws Exception {
        int port;
        try (BrokerProcess broker = start()) {
            port = portOf(broker);
            createTopic(broker.bootstrapServers());
            produce(broker.bootstrapServers(), "first");
        }
        try (var _ = new ServerSocket(port, 1, InetAddress.ofLiteral("127.0.0.1"));
                BrokerProcess broker = start()) {
            assertThat(portOf(broker)).isNotEqualTo(port);
            assertThat(consume(broker.bootstrapServers(), 1)).containsExactly("first");
        }
    }

    @Test
    void start_onDataInUse_namesTheOwner() {
        try (BrokerProcess _ = start()) {
            assertThatThrownBy(this::start).isInstanceOf(BrokerFailedException.class)
                    .hasMessageContaining("in use by process " + ProcessHandle.current().pid());
        }
    }

    @Test
    void start_whenTheBrokerCannotComeUp_showsItsLog() throws Exception {
        // A file where Kafka wants its folder.
        Files.writeString(dataDir.resolve("kafka"), "");
        assertThatThrownBy(this::start).isInstanceOf(BrokerFailedException.class)
                .hasMessageContaining("ended with status")
                .hasMessageContaining("broker.log");
    }

    @Test
    void interruptFromTheTerminal_isLeftToTheParent() throws Exception {
        try (BrokerProcess broker = start()) {
            new ProcessBuilder("kill", "-INT", Long.toString(broker.process().pid())).start()
                    .waitFor();
            assertThat(broker.process().waitFor(1, TimeUnit.SECONDS)).isFalse();
            createTopic(broker.bootstrapServers());
        }
    }

    @Test
    void killedParent_takesTheBrokerAlong() throws Exception {
        ProcessHandle broker;
        Process parent = startParent();
        try (var output = parent.inputReader(UTF_8)) {
            String line = output.lines()
                    .filter(text -> text.startsWith("broker "))
                    .findFirst()
                    .orElseThrow();
            broker = ProcessHandle.of(Long.parseLong(line.substring("broker ".length())))
                    .orElseThrow();
        } finally {
            parent.destroyForcibly().waitFor();
        }
        // At once: the next start waits for the old broker itself.
        try (BrokerProcess next = start()) {
            assertThat(broker.isAlive()).isFalse();
            assertThat(next.process().isAlive()).isTrue();
        }
    }

    @Test
    void closedLifeLine_endsTheBrokerCleanly() throws Exception {
        try (BrokerProcess broker = start()) {
            broker.process().getOutputStream().close();
            await().atMost(Duration.ofSeconds(15)).until(() -> !broker.process().isAlive());
            assertThat(broker.process().exitValue()).isZero();
        }
    }

    private BrokerProcess start() {
        return BrokerProcess.start(dataDir, HOME, progress::add);
    }

    private Process startParent() throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String classPath = System.getProperty("surefire.test.class.path",
                System.getProperty("java.class.path"));
        return new ProcessBuilder(java, "-cp", classPath, BrokerHolder.class.getName(),
                dataDir.toString(), HOME.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static int portOf(BrokerProcess broker) {
        String address = broker.bootstrapServers();
        return Integer.parseInt(address.substring(address.indexOf(':') + 1));
    }

    private static void createTopic(String address) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", address))) {
            admin.createTopics(List.of(new NewTopic("notes", 1, (short) 1)))
                    .all()
                    .get(30,
                            TimeUnit.SECONDS);
        }
    }

    private static void produce(String address, String value) throws Exception {
        try (var producer = new KafkaProducer<>(Map.of("bootstrap.servers", address),
                new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>("notes", value)).get(30, TimeUnit.SECONDS);
        }
    }

    private static List<String> consume(String address, int count) {
        List<String> values = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", address, "auto.offset.reset", "earliest"),
                new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(new TopicPartition("notes", 0)));
            await().atMost(Duration.ofSeconds(30)).until(() -> {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> values.add(record.value()));
                return values.size() >= count;
            });
        }
        return values;
    }
}
