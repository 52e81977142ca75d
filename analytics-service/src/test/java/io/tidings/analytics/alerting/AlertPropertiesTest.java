package io.tidings.analytics.alerting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class AlertPropertiesTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            check-interval                     | 0s  | tidings.alerts.check-interval must be longer than nothing, and is PT0S.
            payment-failure-rate.window        | 0s  | tidings.alerts.payment-failure-rate.window must be longer than nothing, and is PT0S.
            payment-failure-rate.minimum       | 0   | tidings.alerts.payment-failure-rate.minimum must be at least 1, and is 0.
            payment-failure-rate.raise-above   | 1.0 | tidings.alerts.payment-failure-rate.raise-above must be between 0 and 1, and is 1.0.
            payment-failure-rate.raise-above   | 50  | tidings.alerts.payment-failure-rate.raise-above must be between 0 and 1, and is 50.0.
            payment-failure-rate.rearm-below   | 0.6 | tidings.alerts.payment-failure-rate.rearm-below must be more than 0 and at most raise-above, which is 0.5, and is 0.6.
            payment-failure-rate.rearm-below   | 0   | tidings.alerts.payment-failure-rate.rearm-below must be more than 0 and at most raise-above, which is 0.5, and is 0.0.
            payment-failure-rate.rearm-after   | -1s | tidings.alerts.payment-failure-rate.rearm-after must be no less than nothing, and is PT-1S.
            dead-letters.window                | -5m | tidings.alerts.dead-letters.window must be longer than nothing, and is PT-5M.
            dead-letters.rearm-after           | -1s | tidings.alerts.dead-letters.rearm-after must be no less than nothing, and is PT-1S.
            """)
    void a_setting_with_which_no_alert_would_be_raised_stops_the_start(String name, String value, String sentence) {
        assertThatThrownBy(() -> properties(Map.of("tidings.alerts." + name, value)))
                .rootCause()
                .hasMessage(sentence);
    }

    @Test
    void what_is_not_set_has_a_value_that_works() {
        assertThat(properties(Map.of()).paymentFailureRate().raiseAbove()).isEqualTo(0.5);
    }

    private static AlertProperties properties(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("tidings.alerts", AlertProperties.class);
    }
}
