package io.tidings.bus.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class BusPropertiesTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            messages.namespace           | ' '  | tidings.messages.namespace must be a name such as io.tidings, and is blank.
            messages.maximum-size        | 32KB | tidings.messages.maximum-size must be at least 65536B, and is 32768B.
            outbox.batch-size            | 0    | tidings.outbox.batch-size must be at least 1, and is 0.
            outbox.poll-interval         | 0s   | tidings.outbox.poll-interval must be longer than nothing, and is PT0S.
            outbox.hold-key-for          | 0s   | tidings.outbox.hold-key-for must be longer than nothing, and is PT0S.
            outbox.send-timeout          | 20ms | tidings.outbox.send-timeout must be at least PT0.1S, and is PT0.02S.
            inbox.retention              | -1d  | tidings.inbox.retention must be longer than nothing, and is PT-24H.
            consumer.concurrency         | 0    | tidings.consumer.concurrency must be at least 1, and is 0.
            consumer.maximum-batch       | 0    | tidings.consumer.maximum-batch must be at least 1, and is 0.
            consumer.rest                | -1ms | tidings.consumer.rest must be no less than nothing, and is PT-0.001S.
            retry.attempts               | 0    | tidings.retry.attempts must be at least 1, and is 0.
            retry.first-pause            | 0s   | tidings.retry.first-pause must be longer than nothing, and is PT0S.
            retry.longest-pause          | 10ms | tidings.retry.longest-pause must be at least as long as first-pause, which is PT0.1S, and is PT0.01S.
            retry.longest-batch          | 0s   | tidings.retry.longest-batch must be longer than nothing, and is PT0S.
            dead-letters.longest-redrive | 0s   | tidings.dead-letters.longest-redrive must be longer than nothing, and is PT0S.
            topics.partitions            | 0    | tidings.topics.partitions must be at least 1, and is 0.
            admission.requests           | 0    | tidings.admission.requests must be at least 1, and is 0.
            admission.least-requests     | 0    | tidings.admission.least-requests must be at least 1, and is 0.
            admission.answer-within      | 0s   | tidings.admission.answer-within must be longer than nothing, and is PT0S.
            admission.waiting            | 0    | tidings.admission.waiting must be at least 1, and is 0.
            shared-transactions.concurrency   | 0 | tidings.shared-transactions.concurrency must be at least 1, and is 0.
            shared-transactions.maximum-batch | 0 | tidings.shared-transactions.maximum-batch must be at least 1, and is 0.
            shared-transactions.rest          | -1ms | tidings.shared-transactions.rest must be no less than nothing, and is PT-0.001S.
            """)
    void a_setting_with_which_no_message_would_come_or_go_stops_the_start(String name, String value, String sentence) {
        assertThatThrownBy(() -> properties(Map.of("tidings." + name, value)))
                .rootCause()
                .hasMessage(sentence);
    }

    @Test
    void what_is_not_set_has_a_value_that_works() {
        assertThat(properties(Map.of()).retry().attempts()).isEqualTo(5);
    }

    private static BusProperties properties(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings)).bindOrCreate("tidings", BusProperties.class);
    }
}
