package io.tidings.audit.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.audit.domain.AuditEvent;
import io.tidings.audit.domain.EventFilter;
import io.tidings.bus.TimeOrderedId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SubscriptionTest {

    private static final EventFilter ALL = new EventFilter(null, null, null, null, null);

    private final AuditFeed feed = new AuditFeed();

    SubscriptionTest() {
        feed.start();
    }

    @Test
    void messages_come_in_the_order_they_were_told() throws InterruptedException {
        // given
        Subscription subscription = feed.subscribe(ALL);
        List<AuditEvent> events = Stream.generate(() -> event(10)).limit(3).toList();
        // when
        feed.tell(events);
        // then
        for (AuditEvent event : events) {
            assertThat(subscription.next(Duration.ofSeconds(1))).contains(event);
        }
        assertThat(subscription.next(Duration.ofMillis(1))).isEmpty();
        assertThat(subscription.isOpen()).isTrue();
    }

    @Test
    void a_reader_who_lets_too_many_messages_wait_is_dropped() throws InterruptedException {
        // given
        Subscription slow = feed.subscribe(ALL);
        // when
        feed.tell(Stream.generate(() -> event(10)).limit(1_001).toList());
        // then
        assertThat(slow.isOpen()).isFalse();
        assertThat(slow.isOverrun()).isTrue();
        assertThat(slow.next(Duration.ofMillis(1))).isEmpty();
    }

    @Test
    void a_reader_who_lets_too_long_messages_wait_is_dropped() {
        // given
        Subscription slow = feed.subscribe(ALL);
        // when
        feed.tell(Stream.generate(() -> event(600_000)).limit(2).toList());
        // then
        assertThat(slow.isOverrun()).isTrue();
    }

    @Test
    void one_message_is_never_too_long() throws InterruptedException {
        // given
        Subscription subscription = feed.subscribe(ALL);
        AuditEvent longest = event(2_000_000);
        // when
        feed.tell(List.of(longest));
        // then
        assertThat(subscription.next(Duration.ofSeconds(1))).contains(longest);
    }

    @Test
    void all_subscriptions_end_when_the_service_stops() {
        // given
        Subscription before = feed.subscribe(ALL);
        // when
        feed.stop();
        // then
        assertThat(before.isOpen()).isFalse();
        assertThat(before.isOverrun()).isFalse();
        assertThat(feed.subscribe(ALL).isOpen()).isFalse();
    }

    private static AuditEvent event(int size) {
        return new AuditEvent(
                TimeOrderedId.next(),
                "orders",
                "key",
                "io.tidings.OrderPlaced.v2",
                "/order-service",
                "flow",
                null,
                null,
                Instant.now(),
                Instant.now(),
                Map.of(),
                new byte[size]);
    }
}
