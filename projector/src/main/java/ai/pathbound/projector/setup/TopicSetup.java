package ai.pathbound.projector.setup;

import ai.pathbound.schemas.topics.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;

/// The topics a cluster needs, held against those it has.
public final class TopicSetup {
    private final Admin admin;

    public TopicSetup(Admin admin) {
        this.admin = admin;
    }

    /// One needed topic as it is in Kafka.
    ///
    /// @param problems in sentences; none if all is well
    public record Finding(NeededTopic topic, boolean exists, List<String> problems) {
        public Finding {
            problems = List.copyOf(problems);
        }
    }

    /// Looks at every needed topic. Throws [ExecutionException] when Kafka does not answer or forbids it.
    public List<Finding> look(List<NeededTopic> needed)
            throws ExecutionException, InterruptedException {
        Set<String> present = admin.listTopics().names().get();
        List<String> names = needed.stream()
                .map(NeededTopic::name)
                .filter(present::contains)
                .toList();
        Map<String, TopicDescription> topics = admin.describeTopics(names).allTopicNames().get();
        Map<ConfigResource, org.apache.kafka.clients.admin.Config> configs = admin
                .describeConfigs(names.stream().map(TopicSetup::resource).toList())
                .all()
                .get();
        List<Finding> findings = new ArrayList<>();
        for (NeededTopic topic : needed) {
            TopicDescription found = topics.get(topic.name());
            if (found == null) {
                findings.add(new Finding(topic, false, List.of("is missing")));
            } else {
                List<String> problems = new ArrayList<>();
                partitionProblem(found, topics).ifPresent(problems::add);
                org.apache.kafka.clients.admin.Config config = configs.get(resource(topic.name()));
                new TreeMap<>(topic.configs()).forEach((name, wanted) -> {
                    ConfigEntry entry = config == null ? null : config.get(name);
                    if (entry != null && !wanted.equals(entry.value())) {
                        problems.add("%s is %s, not %s".formatted(name, entry.value(), wanted));
                    }
                });
                findings.add(new Finding(topic, true, problems));
            }
        }
        return findings;
    }

    private static Optional<String> partitionProblem(TopicDescription topic,
            Map<String, TopicDescription> all) {
        Map<String, Integer> counts = all.values()
                .stream()
                .filter(other -> Topics.CHANGES.contains(other.name()))
                .collect(
                        Collectors.toMap(
                                TopicDescription::name,
                                other -> other.partitions().size(),
                                (one, _) -> one,
                                TreeMap::new));
        return Topics.CHANGES.contains(topic.name()) && Set.copyOf(counts.values()).size() > 1
                ? Optional.of("the change topics have unequal partition counts: " + counts)
                : Optional.empty();
    }

    private static ConfigResource resource(String topic) {
        return new ConfigResource(ConfigResource.Type.TOPIC, topic);
    }

    /// Makes those that are missing, and changes none that exist.
    ///
    /// @param replicas of each partition; empty for what the brokers do by default
    /// @return the names of those made
    public List<String> create(List<NeededTopic> needed, Optional<Short> replicas)
            throws ExecutionException, InterruptedException {
        Set<String> present = admin.listTopics().names().get();
        List<NewTopic> missing = needed.stream()
                .filter(topic -> !present.contains(topic.name()))
                .map(topic -> topic.creation(replicas))
                .toList();
        admin.createTopics(missing).all().get();
        return missing.stream().map(NewTopic::name).toList();
    }
}
