package io.tidings.audit.recording;

import io.tidings.audit.domain.AuditEvent;
import io.tidings.audit.domain.AuditTrail;
import io.tidings.audit.domain.flow.FlowLedger;
import io.tidings.bus.MessageRecorder;
import io.tidings.bus.message.Envelope;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Keeps whatever comes on any topic, readable or not, and tells those who watch once it is kept. */
@Component
class AuditRecorder implements MessageRecorder {

    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private final Set<String> topics = RecordedTopics.all();
    private final AuditTrail trail;
    private final FlowLedger flows;
    private final AuditFeed feed;

    AuditRecorder(AuditTrail trail, FlowLedger flows, AuditFeed feed) {
        this.trail = trail;
        this.flows = flows;
        this.feed = feed;
    }

    @Override
    public Set<String> topics() {
        return topics;
    }

    @Override
    public void record(List<Envelope> messages) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        List<AuditEvent> kept = trail.append(
                messages.stream().map(message -> toAuditEvent(message, now)).toList());
        if (!kept.isEmpty()) {
            flows.keep(kept);
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void afterCommit() {
                    feed.tell(kept);
                }
            });
        }
    }

    private static AuditEvent toAuditEvent(Envelope message, Instant now) {
        return new AuditEvent(
                message.id(),
                message.topic(),
                storable(message.key()),
                storable(message.type()),
                storable(message.source()),
                storable(message.correlationId()),
                storableIfPresent(message.causationId()),
                storableIfPresent(message.traceparent()),
                storable(message.time(), now),
                now,
                storable(message.annotations()),
                message.payload());
    }

    /** PostgreSQL keeps every text but one with the character NUL. */
    private static String storable(String text) {
        return text.replace('\0', '\uFFFD');
    }

    private static @Nullable String storableIfPresent(@Nullable String text) {
        return text == null ? null : storable(text);
    }

    private static Map<String, String> storable(Map<String, String> annotations) {
        return annotations.entrySet().stream()
                .collect(Collectors.toMap(
                        annotation -> storable(annotation.getKey()),
                        annotation -> storable(annotation.getValue()),
                        (one, other) -> one));
    }

    /** A message may say that it comes from before or after all calendars. */
    private static Instant storable(Instant time, Instant now) {
        return time.isBefore(EARLIEST) || time.isAfter(LATEST) ? now : time.truncatedTo(ChronoUnit.MICROS);
    }
}
