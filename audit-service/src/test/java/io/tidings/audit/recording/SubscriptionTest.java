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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
        List<AuditEvent> events = events(3, 10);
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
    void a_reader_who_lets_too_many_messages_wait_is_dropped_when_more_come() throws InterruptedException {
        // given
        Subscription slow = feed.subscribe(ALL);
        feed.tell(events(1_000, 10));
        // when
        feed.tell(events(1, 10));
        // then
        assertThat(slow.isOpen()).isFalse();
        assertThat(slow.isOverrun()).isTrue();
        assertThat(slow.next(Duration.ofMillis(1))).isEmpty();
    }

    @Test
    void a_reader_who_lets_too_long_messages_wait_is_dropped_when_more_come() {
        // given
        Subscription slow = feed.subscribe(ALL);
        feed.tell(events(2, 600_000));
        // when
        feed.tell(events(1, 10));
        // then
        assertThat(slow.isOverrun()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"2000, 10", "3, 600000"})
    void a_reader_who_takes_all_in_time_is_told_all_however_much_is_told_at_once(int count, int size)
            throws InterruptedException {
        // given
        Subscription subscription = feed.subscribe(ALL);
        for (int round = 0; round < 3; round++) {
            List<AuditEvent> events = events(count, size);
            // when
            feed.tell(events);
            // then
            for (AuditEvent event : events) {
                assertThat(subscription.next(Duration.ofSeconds(1))).contains(event);
            }
        }
        assertThat(subscription.isOpen()).isTrue();
    }

    @Test
    void a_reader_is_not_dropped_for_messages_that_they_do_not_want() {
        // given
        Subscription slow = feed.subscribe(new EventFilter(null, "key", null, null, null));
        feed.tell(events(1_000, 10));
        // when
        feed.tell(List.of(event("another key", 10)));
        // then
        assertThat(slow.isOpen()).isTrue();
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

    private static List<AuditEvent> events(int count, int size) {
        return Stream.generate(() -> event(size)).limit(count).toList();
    }

    private static AuditEvent event(int size) {
        return event("key", size);
    }

    private static AuditEvent event(String key, int size) {
        return new AuditEvent(
                TimeOrderedId.next(),
                "orders",
                key,
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
