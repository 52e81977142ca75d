package io.tidings.scenarios.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class ValuesTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            {"minorUnits":1999,"currency":"USD"}  | 19.99 USD
            {"minorUnits":-50,"currency":"USD"}   | -0.50 USD
            {"minorUnits":5000,"currency":"JPY"}  | 5000 JPY
            {"minorUnits":5,"currency":"dollars"} | {"minorUnits":5,"currency":"dollars"}
            """)
    void money_is_shown_as_money(String json, String shown) {
        assertThat(Values.plain(JsonMapper.shared().readTree(json))).isEqualTo(shown);
    }
}
