package io.tidings.benchmarks.harness;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * A projection that was made again.
 *
 * @param told messages: all that were recorded on topics that the service listens to
 * @param events of them that concern it, and are in it
 * @param seconds from the request to the moment at which the new copy had taken the place of the old
 * @param caughtUpAfter seconds from then on, until it had taken all live events that had come by then
 */
record Rebuild(long told, long events, double seconds, double caughtUpAfter) {

    private static final Duration AT_MOST = Duration.ofMinutes(15);
    private static final long BETWEEN_LOOKS_IN_MILLISECONDS = 20;

    double perSecond() {
        return events / seconds;
    }

    /** Orders it, and returns when it is done and the service hears live events again. */
    static Rebuild of(ShopVisit visit, RebuildTarget target) throws InterruptedException {
        ShopClient client = visit.client();
        String service = target.service();
        long began = System.nanoTime();
        UUID replayId = client.rebuild(service);
        ShopClient.Replay replay = client.replay(replayId);
        while (!replay.phase().equals("done")) {
            if (replay.phase().equals("canceled") || System.nanoTime() - began > AT_MOST.toNanos()) {
                throw new IllegalStateException("The rebuild of %s is %s after %.0f s."
                        .formatted(service, replay.phase(), (System.nanoTime() - began) / 1e9));
            }
            Thread.sleep(BETWEEN_LOOKS_IN_MILLISECONDS);
            replay = client.replay(replayId);
        }
        long done = System.nanoTime();
        long events = target.handled(visit.shop().database(service));
        awaitCaughtUp(visit.shop().kafka(), service);
        return new Rebuild(replay.sent(), events, (done - began) / 1e9, (System.nanoTime() - done) / 1e9);
    }

    private static void awaitCaughtUp(String kafka, String service) throws InterruptedException {
        long began = System.nanoTime();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka))) {
            Map<TopicPartition, ListOffsetsResultInfo> ends = admin.listOffsets(taken(admin, service).keySet().stream()
                            .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest())))
                    .all()
                    .get();
            while (isBehind(taken(admin, service), ends)) {
                if (System.nanoTime() - began > AT_MOST.toNanos()) {
                    throw new IllegalStateException(
                            "%s has not taken its live events within %s of its rebuild.".formatted(service, AT_MOST));
                }
                Thread.sleep(BETWEEN_LOOKS_IN_MILLISECONDS);
            }
        } catch (ExecutionException failure) {
            throw new IllegalStateException("Kafka does not say how far %s is.".formatted(service), failure);
        }
    }

    private static Map<TopicPartition, OffsetAndMetadata> taken(Admin admin, String service)
            throws ExecutionException, InterruptedException {
        return admin.listConsumerGroupOffsets(service)
                .partitionsToOffsetAndMetadata()
                .get();
    }

    private static boolean isBehind(
            Map<TopicPartition, OffsetAndMetadata> taken, Map<TopicPartition, ListOffsetsResultInfo> ends) {
        Set<TopicPartition> partitions = ends.keySet();
        return partitions.stream().anyMatch(partition -> {
            OffsetAndMetadata offset = taken.get(partition);
            ListOffsetsResultInfo end = ends.get(partition);
            return end != null && (offset == null ? 0 : offset.offset()) < end.offset();
        });
    }
}
