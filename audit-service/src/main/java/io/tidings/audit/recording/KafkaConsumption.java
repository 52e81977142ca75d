package io.tidings.audit.recording;

import io.tidings.audit.domain.replay.Consumption;
import io.tidings.audit.domain.replay.ConsumptionUnknownException;
import io.tidings.bus.kafka.Administration;
import io.tidings.bus.message.ReplayedMessage;
import io.tidings.bus.publishing.DeadLetter;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.DescribeConsumerGroupsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.InterruptException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Asks Kafka who its consumers are, and how far they have read. */
@Component
class KafkaConsumption implements Consumption {

    /** With a call, in milliseconds. An order of a replay makes two, and the gateway waits for 10 s. */
    private static final int PATIENCE = 4_000;

    private final String service;
    private final ObjectProvider<Administration> administration;
    private final JdbcClient jdbc;

    KafkaConsumption(
            @Value("${spring.application.name}") String service,
            ObjectProvider<Administration> administration,
            JdbcClient jdbc) {
        this.service = service;
        this.administration = administration;
        this.jdbc = jdbc;
    }

    private record Ends(Map<TopicPartition, Long> offsets) implements Mark {}

    /** A service that can be rebuilt makes its topic when it starts, and nobody else does. */
    @Override
    public SortedSet<String> targets() {
        return topics().stream()
                .flatMap(topic -> ReplayedMessage.serviceOf(topic).stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Each has a topic for its dead letters, which we listen to. */
    @Override
    public boolean isKnown(String other) {
        return other.equals(service) || topics().contains(DeadLetter.topicOf(other));
    }

    /** While its instances agree on who reads what, that is not all of it. */
    @Override
    public SortedSet<String> topicsOf(String other) {
        return groups(other).stream()
                .filter(group -> group.groupState() == GroupState.STABLE)
                .flatMap(group -> group.members().stream())
                .flatMap(member -> member.assignment().topicPartitions().stream())
                .map(TopicPartition::topic)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Collection<ConsumerGroupDescription> groups(String group) {
        return ask(admin -> {
            try {
                return admin.describeConsumerGroups(
                                Set.of(group), new DescribeConsumerGroupsOptions().timeoutMs(PATIENCE))
                        .all()
                        .get()
                        .values();
            } catch (ExecutionException failure) {
                if (failure.getCause() instanceof GroupIdNotFoundException) {
                    return Set.of();
                }
                throw failure;
            }
        });
    }

    private Set<String> topics() {
        return ask(KafkaConsumption::topics);
    }

    private static Set<String> topics(Admin admin) throws ExecutionException, InterruptedException {
        return admin.listTopics(new ListTopicsOptions().timeoutMs(PATIENCE))
                .names()
                .get();
    }

    @Override
    public boolean hasTakenAll(String target) {
        String topic = ReplayedMessage.topicOf(target);
        boolean waits = jdbc.sql("select exists (select from outbox where topic = :topic)")
                .param("topic", topic)
                .query(Boolean.class)
                .single();
        return !waits && ask(admin -> hasRead(admin, topic, ends(admin, topic::equals)));
    }

    @Override
    public Mark mark() {
        Set<String> recorded = RecordedTopics.all();
        return ask(admin -> new Ends(ends(admin, recorded::contains)));
    }

    @Override
    public boolean haveRecorded(Mark mark) {
        return mark instanceof Ends ends && ask(admin -> hasRead(admin, service, ends.offsets()));
    }

    private static boolean hasRead(Admin admin, String group, Map<TopicPartition, Long> ends)
            throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetAndMetadata> read = admin.listConsumerGroupOffsets(
                        group, new ListConsumerGroupOffsetsOptions().timeoutMs(PATIENCE))
                .partitionsToOffsetAndMetadata()
                .get();
        return ends.entrySet().stream()
                .filter(end -> end.getValue() > 0)
                .allMatch(end ->
                        read.get(end.getKey()) != null && read.get(end.getKey()).offset() >= end.getValue());
    }

    private static Map<TopicPartition, Long> ends(Admin admin, Predicate<String> wanted)
            throws ExecutionException, InterruptedException {
        List<String> topics = topics(admin).stream().filter(wanted).toList();
        Collection<TopicPartition> partitions = admin
                .describeTopics(topics, new DescribeTopicsOptions().timeoutMs(PATIENCE))
                .allTopicNames()
                .get()
                .values()
                .stream()
                .flatMap(topic -> topic.partitions().stream()
                        .map(partition -> new TopicPartition(topic.name(), partition.partition())))
                .toList();
        Map<TopicPartition, Long> ends = new HashMap<>();
        admin.listOffsets(
                        partitions.stream()
                                .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest())),
                        new ListOffsetsOptions().timeoutMs(PATIENCE))
                .all()
                .get()
                .forEach((partition, end) -> ends.put(partition, end.offset()));
        return ends;
    }

    /** What is asked of Kafka. */
    @FunctionalInterface
    private interface Question<T> {
        T ask(Admin admin) throws ExecutionException, InterruptedException;
    }

    private <T> T ask(Question<T> question) {
        try {
            return question.ask(administration.getObject().admin());
        } catch (ExecutionException failure) {
            throw new ConsumptionUnknownException(
                    "Kafka does not say who its consumers are, or how far they have read: " + failure.getCause(),
                    failure);
        } catch (InterruptedException stopped) {
            throw new InterruptException(stopped);
        }
    }
}
