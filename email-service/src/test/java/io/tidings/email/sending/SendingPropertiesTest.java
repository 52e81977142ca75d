package io.tidings.email.sending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class SendingPropertiesTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            from          | the shop | tidings.email.from must be an address, such as shop@tidings.example, and is 'the shop'.
            operators     | ''       | tidings.email.operators must be an address, such as shop@tidings.example, and is ''.
            workers       | 0        | tidings.email.workers must be at least 1, and is 0.
            connections   | -1       | tidings.email.connections must be at least 1, and is -1.
            attempts      | 0        | tidings.email.attempts must be at least 1, and is 0.
            first-pause   | 0s       | tidings.email.first-pause must be longer than nothing, and is PT0S.
            longest-pause | 10ms     | tidings.email.longest-pause must be at least as long as first-pause, which is PT1S, and is PT0.01S.
            lease         | -2m      | tidings.email.lease must be longer than nothing, and is PT-2M.
            poll-interval | 0s       | tidings.email.poll-interval must be longer than nothing, and is PT0S.
            """)
    void a_setting_with_which_no_mail_would_be_sent_stops_the_start(String name, String value, String sentence) {
        assertThatThrownBy(() -> properties(Map.of("tidings.email." + name, value)))
                .hasStackTraceContaining(sentence);
    }

    @Test
    void what_is_not_set_has_a_value_that_works() {
        assertThat(properties(Map.of()).workers()).isEqualTo(64);
    }

    private static SendingProperties properties(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("tidings.email", SendingProperties.class);
    }
}
