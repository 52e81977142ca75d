package io.tidings.order.orchestration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class OrchestrationPropertiesTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            answer-within | 0s  | tidings.orchestration.answer-within must be longer than nothing, and is PT0S.
            attempts      | 0   | tidings.orchestration.attempts must be at least 1, and is 0.
            watch-every   | -1s | tidings.orchestration.watch-every must be longer than nothing, and is PT-1S.
            """)
    void a_setting_with_which_no_orchestration_would_go_on_stops_the_start(String name, String value, String sentence) {
        assertThatThrownBy(() -> properties(Map.of("tidings.orchestration." + name, value)))
                .rootCause()
                .hasMessage(sentence);
    }

    @Test
    void what_is_not_set_has_a_value_that_works() {
        assertThat(properties(Map.of()).attempts()).isEqualTo(3);
    }

    private static OrchestrationProperties properties(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("tidings.orchestration", OrchestrationProperties.class);
    }
}
