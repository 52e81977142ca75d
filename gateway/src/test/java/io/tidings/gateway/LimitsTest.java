package io.tidings.gateway;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class LimitsTest {

    private static final Map<String, String> THOSE_THAT_WORK =
            Map.of("connect-within", "2s", "answer-within", "10s", "retry-after", "2s", "largest-body", "1MB");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            connect-within | 0s  | tidings.gateway.connect-within must be longer than nothing, and is PT0S.
            answer-within  | -1s | tidings.gateway.answer-within must be longer than nothing, and is PT-1S.
            retry-after    | 0s  | tidings.gateway.retry-after must be longer than nothing, and is PT0S.
            largest-body   | 0B  | tidings.gateway.largest-body must be larger than nothing, and is 0B.
            """)
    void a_setting_with_which_nothing_would_be_passed_on_stops_the_start(String name, String value, String sentence) {
        Map<String, String> settings = new HashMap<>();
        THOSE_THAT_WORK.forEach((known, works) -> settings.put("tidings.gateway." + known, works));
        settings.put("tidings.gateway." + name, value);

        assertThatThrownBy(() -> new Binder(new MapConfigurationPropertySource(settings))
                        .bindOrCreate("tidings.gateway", Limits.class))
                .rootCause()
                .hasMessage(sentence);
    }
}
