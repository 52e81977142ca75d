package io.tidings.audit.domain.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class FlowPropertiesTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            stalled-after  | 0s  | tidings.flows.stalled-after must be longer than nothing, and is PT0S.
            check-interval | 0s  | tidings.flows.check-interval must be longer than nothing, and is PT0S.
            first-check    | -1s | tidings.flows.first-check must be no less than nothing, and is PT-1S.
            """)
    void a_setting_with_which_no_flow_would_be_watched_stops_the_start(String name, String value, String sentence) {
        assertThatThrownBy(() -> properties(Map.of("tidings.flows." + name, value)))
                .rootCause()
                .hasMessage(sentence);
    }

    @Test
    void what_is_not_set_has_a_value_that_works() {
        assertThat(properties(Map.of()).stalledAfter()).hasMinutes(5);
    }

    private static FlowProperties properties(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("tidings.flows", FlowProperties.class);
    }
}
