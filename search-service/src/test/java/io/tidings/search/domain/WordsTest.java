package io.tidings.search.domain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WordsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '$', textBlock = """
            Ada Lovelace          ~ ada lovelace
            Séamus O'Neil         ~ seamus o neil
            node.js               ~ node js
            a@example.org         ~ a example org
            COFFEE-3x2l           ~ coffee 3x2l
            Straße                ~ straße
            名前                  ~ 名前
            Anvil™ № 5            ~ anviltm no 5
            x' & !y (z:* <-> \\     ~ x y z
            """)
    void words_are_cut_alike_wherever_they_come_from(String text, String words) {
        assertThat(Words.of(text).text()).isEqualTo(words);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "&", "':*", "<->", "\uE000", "\uD800"})
    void what_has_no_letter_and_no_digit_has_no_words(String text) {
        assertThat(Words.of(text).isEmpty()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            Ada Lov  | 'ada' & 'lov':*
            ad       | 'ad':*
            ad':* |  'ad':*
            """)
    void the_last_word_may_be_the_beginning_of_one(String text, String query) {
        assertThat(Words.of(text).prefixQuery()).isEqualTo(query);
    }

    @ParameterizedTest
    @ValueSource(strings = {"™", "℃", "&"})
    void where_nothing_is_typed_that_is_compared_as_written_there_is_no_query(String text) {
        assertThat(Words.asTyped(text).prefixQuery()).isEmpty();
    }
}
